import { placeInQueue } from '../state/prediction/place-in-queue.ts';
import type { TrackedPrediction } from '../state/prediction/tracked-prediction.ts';
import { texts } from '../texts/texts.ts';

/** What a slow prediction waits for. A place in the queue is kept only while the service says which one. */
export function waitInWords({ phase, prediction, upload }: TrackedPrediction): string {
  if (phase === 'sending' && upload) return texts.uploading(upload);
  if (phase !== 'following') return phase === 'sending' ? texts.stillSending : texts.stillWaiting;
  return prediction && placeInQueue(prediction) !== null ? texts.stillQueued : texts.stillReading;
}
