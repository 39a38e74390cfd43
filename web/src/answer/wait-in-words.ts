import type { TrackedPrediction } from '../state/tracked-prediction.ts';
import { texts } from '../texts/texts.ts';

/** What a slow prediction waits for. Only once the service has accepted the image is there a place in the queue. */
export function waitInWords({ phase, prediction }: TrackedPrediction): string {
  if (phase !== 'following') return phase === 'sending' ? texts.stillSending : texts.stillWaiting;
  const ahead = prediction?.queue_position;
  return ahead ? `${texts.stillReading} ${texts.ahead(ahead)}` : texts.stillReading;
}
