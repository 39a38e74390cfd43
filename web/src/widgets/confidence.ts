import type { PredictionResult } from '@inkqueue/shared/contracts/prediction';
import { isNumber } from '../state/prediction/read-number.ts';

/** A less probable second digit is not worth a mention. */
const MENTIONED_MIN = 0.05;

export type Sureness =
  | 'certain'
  | 'very'
  | 'fairly'
  | 'unsure'
  | 'guess'
  | 'perhaps-none'
  | 'perhaps-not-all';

/**
 * How sure the network is, in steps that people can tell apart. Where it doubts that this is a digit at all, that comes first: the
 * probability holds only if it is one.
 */
export function sureness(result: Pick<PredictionResult, 'text' | 'confidence' | 'uncertain'>): Sureness {
  const { confidence } = result;
  if (result.uncertain) return isNumber(result) ? 'perhaps-not-all' : 'perhaps-none';
  if (confidence >= 0.99) return 'certain';
  if (confidence >= 0.95) return 'very';
  if (confidence >= 0.8) return 'fairly';
  return confidence >= 0.5 ? 'unsure' : 'guess';
}

/** The second most probable digit; null when it is not worth a mention, and of several digits. */
export function runnerUp(result: PredictionResult): { digit: number; probability: number } | null {
  let best: { digit: number; probability: number } | null = null;
  for (const [digit, probability] of result.probabilities?.entries() ?? []) {
    if (digit !== result.predicted_digit && probability >= (best?.probability ?? MENTIONED_MIN))
      best = { digit, probability };
  }
  return best;
}
