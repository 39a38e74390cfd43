import type { ModelManifest } from '@inkqueue/shared/contracts/model';
import type { PredictionResult } from '@inkqueue/shared/contracts/prediction';

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

/** A classification as clients get it. */
export function toResult({ digit, confidence, probabilities, uncertain }: Classification): PredictionResult {
  return {
    predicted_digit: digit,
    confidence: toMillionths(confidence),
    probabilities: probabilities.map(toMillionths),
    uncertain,
  };
}

/** More decimals say nothing, and each result goes through Redis three times. */
function toMillionths(probability: number): number {
  return Math.round(probability * 1e6) / 1e6;
}
