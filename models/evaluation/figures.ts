import type { MalformedRow } from './labels.ts';
import {
  confidenceOf,
  isCorrect,
  isUncertain,
  type Measurement,
  onlyDigit,
  whatIsShown,
} from './measurement.ts';
import { type NumberFigures, summarizeNumbers } from './numbers.ts';

/** As usual for the expected calibration error. */
const CALIBRATION_BINS = 15;

/** Results of similar confidence: how many, how many of them right, and their mean confidence; null where there is none. */
export interface Bin {
  n: number;
  correct: number;
  confidence: number | null;
}

/**
 * An evaluation's results. Counts are images; a refused image counts as wrong, or as an uncertain non-digit. Images of
 * several digits are in `images`, `numbers`, `milliseconds` and `errors` alone.
 */
export interface EvaluationFigures {
  images: number;
  accuracy: number;
  byKind: Record<string, { n: number; correct: number; accuracy: number }>;
  /** confusion[digit][predicted]; images that were refused, or read as several digits, are in none. */
  confusion: number[][];
  ece: number;
  /** How sure against how right: results by confidence, from the lowest bin of equal width up. */
  reliability: Bin[];
  digits: { n: number; correct: number; uncertain: number };
  nonDigits: { n: number; uncertain: number; auroc: number | null };
  numbers: NumberFigures;
  /** Mean of each stage per image. */
  milliseconds: { decode: number; normalize: number; inference: number };
  /** Images that were refused, and rows of the table that were left out. */
  errors: { path: string; code: string; detail: string }[];
}

export function summarize(measurements: Measurement[], malformed: MalformedRow[] = []): EvaluationFigures {
  const digits = measurements.filter((m) => whatIsShown(m) === 'digit');
  const others = measurements.filter((m) => whatIsShown(m) === 'nothing');
  const correct = digits.filter(isCorrect).length;
  const reliability = binByConfidence(digits, CALIBRATION_BINS);
  return {
    images: measurements.length,
    accuracy: correct / digits.length || 0,
    byKind: groupByKind(digits),
    confusion: countConfusion(digits),
    ece: calibrationError(reliability),
    reliability,
    digits: { n: digits.length, correct, uncertain: digits.filter(isUncertain).length },
    nonDigits: {
      n: others.length,
      uncertain: others.filter(isUncertain).length,
      auroc: areaUnderRoc(digits.map(certainty), others.map(certainty)),
    },
    numbers: summarizeNumbers(measurements.filter((m) => whatIsShown(m) === 'number')),
    milliseconds: {
      decode: mean(measurements.map((m) => m.milliseconds.decode)),
      normalize: mean(measurements.map((m) => m.milliseconds.normalize)),
      inference: mean(measurements.map((m) => m.milliseconds.inference)),
    },
    errors: [
      ...measurements.flatMap(({ image, error }) => (error ? [{ path: image.path, ...error }] : [])),
      ...malformed,
    ],
  };
}

/** How certainly an image shows what was read, in one number: refused images are the least certain. */
function certainty({ lines }: Measurement): number {
  if (lines === null) return -1;
  return lines.flat().reduce((product, digit) => product * digit.confidence * digit.digitScore, 1);
}

function groupByKind(digits: Measurement[]): EvaluationFigures['byKind'] {
  const byKind: EvaluationFigures['byKind'] = {};
  for (const measurement of digits) {
    byKind[measurement.image.kind] ??= { n: 0, correct: 0, accuracy: 0 };
    const group = byKind[measurement.image.kind]!;
    group.n++;
    if (isCorrect(measurement)) group.correct++;
    group.accuracy = group.correct / group.n;
  }
  return byKind;
}

function countConfusion(digits: Measurement[]): number[][] {
  const confusion = Array.from({ length: 10 }, () => new Array<number>(10).fill(0));
  for (const measurement of digits) {
    const read = onlyDigit(measurement);
    if (read) confusion[Number(measurement.image.label)]![read.digit]!++;
  }
  return confusion;
}

/** Refused images have no confidence, and are in no bin. */
function binByConfidence(digits: Measurement[], count: number): Bin[] {
  const bins = Array.from({ length: count }, () => ({ n: 0, correct: 0, sum: 0 }));
  for (const measurement of digits) {
    const confidence = confidenceOf(measurement);
    if (confidence === null) continue;
    const bin = bins[Math.min(count - 1, Math.floor(confidence * count))]!;
    bin.n++;
    bin.correct += isCorrect(measurement) ? 1 : 0;
    bin.sum += confidence;
  }
  return bins.map(({ n, correct, sum }) => ({ n, correct, confidence: n > 0 ? sum / n : null }));
}

/** Expected calibration error: mean gap between confidence and accuracy over the bins, weighted by size. */
function calibrationError(bins: readonly Bin[]): number {
  const gaps = bins.map(({ n, correct, confidence }) => Math.abs(n * (confidence ?? 0) - correct));
  const accepted = bins.reduce((sum, { n }) => sum + n, 0);
  return gaps.reduce((sum, gap) => sum + gap, 0) / accepted || 0;
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
