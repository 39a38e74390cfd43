import type { ModelManifest } from '@inkqueue/shared/contracts/model';
import type { PredictionPreview, PredictionResult } from '@inkqueue/shared/contracts/prediction';
import type { Box } from './reading.ts';

/** What one image's logits say. */
export interface Classification {
  /** Calibrated probability of each digit, 0 to 9. */
  probabilities: number[];
  /** The most probable. */
  digit: number;
  /** Probability of `digit`. */
  confidence: number;
  /** Probability that the image shows a digit at all; 1 where the network has no logit for that. */
  digitScore: number;
  /** Whether `confidence` or `digitScore` is below its threshold. */
  uncertain: boolean;
}

/** The last step of a prediction: one image's logits (`manifest.output.classes` of them) → calibrated probabilities. */
export function postprocess(logits: Float32Array, manifest: ModelManifest): Classification {
  const probabilities = new Array<number>(10).fill(0);
  const { temperature } = manifest.calibration;
  let top = -Infinity;
  for (let i = 0; i < 10; i++) top = Math.max(top, logits[i]!);
  let sum = 0;
  for (let i = 0; i < 10; i++) {
    const weight = Math.exp((logits[i]! - top) / temperature);
    probabilities[manifest.labels[i]!] = weight;
    sum += weight;
  }
  let digit = 0;
  for (let d = 0; d < 10; d++) {
    probabilities[d] = probabilities[d]! / sum;
    if (probabilities[d]! > probabilities[digit]!) digit = d;
  }
  const confidence = probabilities[digit]!;
  const digitScore = logits.length > 10 ? 1 / (1 + Math.exp(logits[10]!)) : 1;
  const { confidence: confidenceMin, digit_score: digitScoreMin } = manifest.thresholds;
  const uncertain = confidence < confidenceMin || (digitScoreMin !== null && digitScore < digitScoreMin);
  return { probabilities, digit, confidence, digitScore, uncertain };
}

/** A digit that was read, where it lies, and the ink that the network was given for it. */
export interface RecognizedDigit extends Classification {
  /** 28×28 ink, row-major, 0 none to 255 full. */
  pixels: Uint8Array;
  /** In pixels of the picture as sent, upright. */
  box: Box;
}

/** What was read, line by line, as clients get it. */
export function toResult(lines: readonly RecognizedDigit[][]): PredictionResult {
  const digits = lines.flat();
  const [only, ...others] = digits;
  const isOne = only !== undefined && others.length === 0;
  return {
    predicted_digit: isOne ? only.digit : null,
    ...(!isOne && { reason: 'several-digits' as const }),
    text: lines.map((line) => line.map(({ digit }) => digit).join('')).join('\n'),
    digits: digits.map(({ digit, confidence, box, uncertain }) => ({
      digit,
      confidence: toMillionths(confidence),
      box,
      uncertain,
    })),
    confidence: toMillionths(digits.reduce((product, { confidence }) => product * confidence, 1)),
    probabilities: isOne ? only.probabilities.map(toMillionths) : null,
    uncertain: digits.some(({ uncertain }) => uncertain),
  };
}

/** The network's input, as it goes into the outcome of an image whose client asked for it. */
export function toPreview(
  lines: readonly RecognizedDigit[][],
  { width, height }: { width: number; height: number },
): PredictionPreview {
  const digits = lines.flat().map(({ pixels, probabilities }) => ({
    pixels: Buffer.from(pixels).toString('base64'),
    probabilities: probabilities.map(toMillionths),
  }));
  const pixels = digits[0]?.pixels ?? '';
  return { width, height, pixels, ...(digits.length > 1 && { digits }) };
}

/** More decimals say nothing, and each result goes through Redis three times. */
function toMillionths(probability: number): number {
  return Math.round(probability * 1e6) / 1e6;
}
