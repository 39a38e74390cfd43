import type { ModelManifest } from '@inkqueue/shared/contracts/model';
import type { PredictionResult } from '@inkqueue/shared/contracts/prediction';

/** What one picture's logits say, before the thresholds. */
export interface Reading {
  /** Calibrated probability of each digit, 0 to 9. */
  probabilities: number[];
  digit: number;
  /** Probability of `digit`. */
  confidence: number;
  /** Probability that the picture shows a digit at all; 1 where the network can't tell. */
  digitScore: number;
}

/** Turns one picture's logits (`manifest.output.classes` of them) into calibrated probabilities. */
export function read(logits: Float32Array, manifest: ModelManifest): Reading {
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
  const digitScore = logits.length > 10 ? 1 / (1 + Math.exp(logits[10]!)) : 1;
  return { probabilities, digit, confidence: probabilities[digit]!, digitScore };
}

/** One picture's answer. Uncertain when either threshold of the manifest is missed. */
export function interpret(logits: Float32Array, manifest: ModelManifest): PredictionResult {
  const { probabilities, digit, confidence, digitScore } = read(logits, manifest);
  const { confidence: least, digit_score: leastScore } = manifest.thresholds;
  return {
    predicted_digit: digit,
    confidence: millionths(confidence),
    probabilities: probabilities.map(millionths),
    uncertain: confidence < least || (leastScore !== null && digitScore < leastScore),
  };
}

/** More digits say nothing, and each picture's answer goes through Redis three times. */
function millionths(probability: number): number {
  return Math.round(probability * 1e6) / 1e6;
}
