import type { PredictionPreview, PredictionResult } from '@inkqueue/shared/contracts/prediction';
import type { SucceededPrediction, TrackedPrediction } from './tracked-prediction.ts';

/** Where something lies in a picture, in pixels of the picture. */
export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** One digit of a result with what the network said of it. */
export interface DigitInView {
  digit: number;
  uncertain: boolean;
  /** Null where the service did not store them. */
  probabilities: readonly number[] | null;
  networkInput: PredictionPreview | null;
}

/** Network inputs of several digits stand side by side, so many in a row. */
const TILES_IN_ROW = 8;

/** Whether the result is a number: several digits. */
export function isNumber({ text }: Pick<PredictionResult, 'text'>): boolean {
  return text.length > 1;
}

/** The result while it stands, where it is a number: only then its digits can be chosen. */
export function standingNumber({ phase, succeeded }: TrackedPrediction): SucceededPrediction | null {
  return phase === 'done' && succeeded && isNumber(succeeded.result) ? succeeded : null;
}

/** A digit that fills more of its picture is where everybody looks. */
const FOUND_SHARE_MAX = 0.2;

/**
 * The result while it stands, where its boxes tell something of a picture of this size: it is a number, or one digit that had to be
 * found.
 */
export function boxedResult(
  tracked: TrackedPrediction,
  [width, height]: readonly [number, number],
): PredictionResult | null {
  const { phase, succeeded } = tracked;
  if (phase !== 'done' || !succeeded) return null;
  const { result } = succeeded;
  const box = result.digits[0]?.box;
  const share = box ? (box.width * box.height) / (width * height) : 1;
  return isNumber(result) || share <= FOUND_SHARE_MAX ? result : null;
}

/** The digit whose bars and network input are shown: that at `index` of the text, where there are several. */
export function digitInView({ prediction, result }: SucceededPrediction, index: number): DigitInView {
  const { preview } = prediction;
  const { predicted_digit, probabilities, uncertain, digits } = result;
  if (predicted_digit !== null)
    return { digit: predicted_digit, uncertain, probabilities, networkInput: preview };
  const read = digits[index] ?? digits[0]!;
  const seen = preview?.digits?.[digits.indexOf(read)];
  return {
    digit: read.digit,
    uncertain: read.uncertain,
    probabilities: seen?.probabilities ?? null,
    networkInput:
      preview && seen ? { width: preview.width, height: preview.height, pixels: seen.pixels } : null,
  };
}

/** The places of `count` network inputs in one picture, and the size of that picture; the unit is an input's side. */
export function tilesOf(count: number): { boxes: Box[]; size: readonly [width: number, height: number] } {
  const columns = Math.min(count, TILES_IN_ROW);
  const boxes = Array.from({ length: count }, (_, index) => ({
    left: index % columns,
    top: Math.floor(index / columns),
    width: 1,
    height: 1,
  }));
  return { boxes, size: [columns, Math.ceil(count / columns)] };
}
