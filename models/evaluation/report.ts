import type { EvaluationFigures } from './figures.ts';
import type { NumberFigures } from './numbers.ts';

/** An evaluation's results as text. */
export function formatReport(name: string, figures: EvaluationFigures): string {
  const { digits, nonDigits, milliseconds } = figures;
  const kinds = Object.entries(figures.byKind).sort(([a], [b]) => a.localeCompare(b));
  const lines = [
    `${name}: ${figures.images} pictures`,
    '',
    `single digits        ${share(digits.correct, digits.n)} read right, ${share(digits.uncertain, digits.n)} uncertain`,
    ...(kinds.length > 1 ? kinds.map(([kind, k]) => `  ${kind.padEnd(18)} ${share(k.correct, k.n)}`) : []),
    `calibration error    ${figures.ece.toFixed(4)}`,
  ];
  if (nonDigits.n > 0) {
    lines.push(
      `no digit             ${share(nonDigits.uncertain, nonDigits.n)} uncertain, AUROC ${nonDigits.auroc?.toFixed(4) ?? '–'}`,
    );
  }
  if (figures.numbers.n > 0) lines.push(...formatNumbers(figures.numbers));
  lines.push(
    `milliseconds         decode ${milliseconds.decode.toFixed(3)}, normalize ${milliseconds.normalize.toFixed(3)}, ` +
      `inference ${milliseconds.inference.toFixed(3)}`,
    '',
    ...formatConfusion(figures.confusion),
  );
  if (figures.errors.length > 0) {
    lines.push('', `not read (${figures.errors.length}):`, ...figures.errors.map(formatError));
  }
  return `${lines.join('\n')}\n`;
}

function formatNumbers({ n, exact, byKind, digitErrorRate, confidentSingle }: NumberFigures): string[] {
  const kinds = Object.entries(byKind).sort(([a], [b]) => a.localeCompare(b));
  return [
    `several digits       ${share(exact, n)} read exactly, ${share(confidentSingle, n).trim()} as one digit for certain`,
    ...(kinds.length > 1 ? kinds.map(([kind, k]) => `  ${kind.padEnd(18)} ${share(k.exact, k.n)}`) : []),
    `digit error rate     ${(100 * digitErrorRate).toFixed(2).padStart(6)} %`,
  ];
}

function formatError({ code, path, detail }: EvaluationFigures['errors'][number]): string {
  return `  ${code}  ${path}  ${detail}`;
}

function formatConfusion(confusion: number[][]): string[] {
  const cell = (value: number) => (value === 0 ? '·' : String(value)).padStart(6);
  return [
    `digit read as${Array.from({ length: 10 }, (_, d) => String(d).padStart(6)).join('')}`,
    ...confusion.map((row, digit) => `${String(digit).padStart(13)}${row.map(cell).join('')}`),
  ];
}

function share(part: number, all: number): string {
  return `${((100 * part) / all || 0).toFixed(2).padStart(6)} % (${part} of ${all})`;
}
