import type { MalformedRow } from './labels.ts';
import type { Answer, Outcome } from './outcome.ts';

/** An evaluation's results. Counts are pictures; a refused picture is a wrong digit, or an uncertain non-digit. */
export interface Figures {
  images: number;
  accuracy: number;
  byKind: Record<string, { n: number; correct: number; accuracy: number }>;
  /** confusion[digit][read as]; refused pictures are in none. */
  confusion: number[][];
  ece: number;
  digits: { n: number; correct: number; uncertain: number };
  nonDigits: { n: number; uncertain: number; auroc: number | null };
  /** Mean of each stage per picture. */
  milliseconds: { decode: number; normalize: number; inference: number };
  /** Pictures that were refused, and rows of the table that were left out. */
  errors: { path: string; code: string; detail: string }[];
}

export function summarize(outcomes: Outcome[], malformed: MalformedRow[] = []): Figures {
  const digits = outcomes.filter(({ picture }) => picture.digit !== null);
  const others = outcomes.filter(({ picture }) => picture.digit === null);
  const correct = digits.filter(isCorrect).length;
  return {
    images: outcomes.length,
    accuracy: correct / digits.length || 0,
    byKind: groupByKind(digits),
    confusion: countConfusion(digits),
    ece: calibrationError(digits, 15),
    digits: { n: digits.length, correct, uncertain: digits.filter(isUncertain).length },
    nonDigits: {
      n: others.length,
      uncertain: others.filter(isUncertain).length,
      auroc: areaUnderRoc(digits.map(certainty), others.map(certainty)),
    },
    milliseconds: {
      decode: mean(outcomes.map((o) => o.milliseconds.decode)),
      normalize: mean(outcomes.map((o) => o.milliseconds.normalize)),
      inference: mean(outcomes.map((o) => o.milliseconds.inference)),
    },
    errors: [
      ...outcomes.flatMap(({ picture, error }) => (error ? [{ path: picture.path, ...error }] : [])),
      ...malformed,
    ],
  };
}

export function isCorrect({ picture, answer }: Outcome): boolean {
  return answer !== null && answer.digit === picture.digit;
}

function isUncertain({ answer }: Outcome): boolean {
  return answer === null || answer.uncertain;
}

/** One number for how surely a picture shows the digit read: refused pictures are the least certain. */
function certainty({ answer }: Outcome): number {
  return answer === null ? -1 : answer.confidence * answer.digitScore;
}

function groupByKind(digits: Outcome[]): Figures['byKind'] {
  const byKind: Figures['byKind'] = {};
  for (const outcome of digits) {
    byKind[outcome.picture.kind] ??= { n: 0, correct: 0, accuracy: 0 };
    const group = byKind[outcome.picture.kind]!;
    group.n++;
    if (isCorrect(outcome)) group.correct++;
    group.accuracy = group.correct / group.n;
  }
  return byKind;
}

function countConfusion(digits: Outcome[]): number[][] {
  const confusion = Array.from({ length: 10 }, () => new Array<number>(10).fill(0));
  for (const { picture, answer } of digits) {
    if (picture.digit !== null && answer) confusion[picture.digit]![answer.digit]!++;
  }
  return confusion;
}

/** Expected calibration error: mean gap between confidence and accuracy over bins of equal width, weighted by size. */
function calibrationError(digits: Outcome[], bins: number): number {
  const answered = digits.filter((o): o is Outcome & { answer: Answer } => o.answer !== null);
  const gaps = new Array<number>(bins).fill(0);
  for (const outcome of answered) {
    const bin = Math.min(bins - 1, Math.floor(outcome.answer.confidence * bins));
    gaps[bin]! += outcome.answer.confidence - (isCorrect(outcome) ? 1 : 0);
  }
  return gaps.reduce((sum, gap) => sum + Math.abs(gap), 0) / answered.length || 0;
}

/** The chance that a digit is more certain than a non-digit; ties count half. null where one side is empty. */
export function areaUnderRoc(positives: number[], negatives: number[]): number | null {
  if (positives.length === 0 || negatives.length === 0) return null;
  let wins = 0;
  for (const p of positives) for (const n of negatives) wins += p > n ? 1 : p === n ? 0.5 : 0;
  return wins / (positives.length * negatives.length);
}

function mean(values: number[]): number {
  return values.reduce((a, b) => a + b, 0) / values.length || 0;
}
