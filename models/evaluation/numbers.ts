import { isCorrect, isUncertain, type Measurement, onlyDigit, textOf } from './measurement.ts';

/** Figures of images of several digits. */
export interface NumberFigures {
  n: number;
  /** Read without a mistake: every digit, on its line. */
  exact: number;
  byKind: Record<string, { n: number; exact: number }>;
  /** Digits to change, add and leave out to get from what was read to the labels, over the labels' digits. */
  digitErrorRate: number;
  /** Answered with one digit that is not uncertain: the mistake that a client cannot see. */
  confidentSingle: number;
}

/** @param measurements of images of several digits */
export function summarizeNumbers(measurements: Measurement[]): NumberFigures {
  const byKind: NumberFigures['byKind'] = {};
  let [errors, digits] = [0, 0];
  for (const measurement of measurements) {
    const { kind, label } = measurement.image;
    byKind[kind] ??= { n: 0, exact: 0 };
    const group = byKind[kind];
    group.n++;
    if (isCorrect(measurement)) group.exact++;
    const expected = digitsOf(label ?? '');
    errors += editDistance(expected, digitsOf(textOf(measurement) ?? ''));
    digits += expected.length;
  }
  return {
    n: measurements.length,
    exact: measurements.filter(isCorrect).length,
    byKind,
    digitErrorRate: errors / digits || 0,
    confidentSingle: measurements.filter((m) => onlyDigit(m) && !isUncertain(m)).length,
  };
}

/** Without what separates lines. */
function digitsOf(text: string): string {
  return text.replaceAll('-', '');
}

/** Levenshtein's: characters to change, add or leave out to get from one text to the other. */
export function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, j) => j);
  for (let i = 1; i <= from.length; i++) {
    const next = [i];
    for (let j = 1; j <= to.length; j++) {
      const change = row[j - 1]! + (from[i - 1] === to[j - 1] ? 0 : 1);
      next.push(Math.min(change, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[to.length]!;
}
