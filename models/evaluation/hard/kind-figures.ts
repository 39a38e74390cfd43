import { isCorrect, isUncertain, type Measurement, whatIsShown } from '../measurement.ts';
import { type NumberFigures, summarizeNumbers } from '../numbers.ts';

/** Figures of each kind of hard picture, in the order of the pictures. Counts are pictures. */
export interface KindFigures {
  /** `flaggedOrRight`: what harms nobody, as where a digit is struck through. */
  digits: Record<string, { n: number; right: number; flaggedOrRight: number }>;
  numbers: Record<string, Omit<NumberFigures, 'byKind'>>;
  /** Flagged are refused pictures and uncertain answers. */
  nonDigits: Record<string, { n: number; flagged: number }>;
}

export function summarizeKinds(measurements: Measurement[]): KindFigures {
  const figures: KindFigures = { digits: {}, numbers: {}, nonDigits: {} };
  for (const kind of new Set(measurements.map(({ image }) => image.kind))) {
    const group = measurements.filter(({ image }) => image.kind === kind);
    const n = group.length;
    const shown = whatIsShown(group[0]!);
    if (shown === 'number') {
      const { byKind: _, ...rest } = summarizeNumbers(group);
      figures.numbers[kind] = rest;
    } else if (shown === 'digit') {
      const flaggedOrRight = group.filter((m) => isUncertain(m) || isCorrect(m)).length;
      figures.digits[kind] = { n, right: group.filter(isCorrect).length, flaggedOrRight };
    } else figures.nonDigits[kind] = { n, flagged: group.filter(isUncertain).length };
  }
  return figures;
}

/** The figures as three tables. */
export function formatKinds({ digits, numbers, nonDigits }: KindFigures): string {
  return [
    row('numbers', ['n', 'exact', 'digit errors', 'one, certain']),
    ...Object.entries(numbers).map(([kind, { n, exact, digitErrorRate, confidentSingle }]) =>
      row(kind, [n, exact, `${(100 * digitErrorRate).toFixed(1)} %`, confidentSingle]),
    ),
    '',
    row('one digit', ['n', 'right', 'or flagged']),
    ...Object.entries(digits).map(([kind, k]) => row(kind, [k.n, k.right, k.flaggedOrRight])),
    '',
    row('no digit', ['n', 'flagged']),
    ...Object.entries(nonDigits).map(([kind, k]) => row(kind, [k.n, k.flagged])),
    '',
  ].join('\n');
}

function row(name: string, cells: (string | number)[]): string {
  return `  ${name.padEnd(18)}${cells.map((cell) => String(cell).padStart(14)).join('')}`;
}
