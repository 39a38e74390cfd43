import type { Prediction } from '@inkqueue/shared/contracts/prediction';
import { useEffect, useState } from 'react';
import { placeInQueue } from '../state/prediction/place-in-queue.ts';
import { texts } from '../texts/texts.ts';

const TICK_MS = 1000;

/** How many are ahead in the queue, and about how long that takes: counted down between two words of the service. */
export function QueuePlace({ prediction }: { prediction: Prediction }) {
  const ahead = placeInQueue(prediction);
  const estimate = prediction.estimated_start_ms;
  const [passed, setPassed] = useState(0);

  useEffect(() => {
    // Of this word of the service.
    const since = performance.now();
    setPassed(0);
    if (prediction.estimated_start_ms === null) return;
    const ticks = setInterval(() => setPassed(performance.now() - since), TICK_MS);
    return () => clearInterval(ticks);
  }, [prediction]);

  if (ahead === null) return null;
  if (estimate === null) return texts.ahead(ahead);
  const seconds = Math.max(1, Math.round((estimate - passed) / 1000));
  return texts.aheadFor(ahead, seconds * 1000);
}
