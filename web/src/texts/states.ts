import type { TrackedPrediction } from '../state/prediction/tracked-prediction.ts';
import { failureText } from './failures.ts';
import { texts } from './texts.ts';

/** How sure a picture's reading is, or why it has none. */
export function predictionInWords(
  { failure, phase, prediction }: TrackedPrediction,
  reading: { confidence: number; uncertain: boolean } | null,
): string {
  if (reading) return texts.cardResult(texts.percent(reading.confidence), reading.uncertain);
  if (failure) return failureText(failure.code).what;
  if (phase === 'following')
    return prediction?.status === 'running' ? texts.states.running : texts.states.queued;
  return phase === 'sending' ? texts.states.sending : texts.states.waiting;
}
