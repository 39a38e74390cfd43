import { activity } from '@inkqueue/shared/contracts/activity';
import type { PredictionClient } from './predictions.ts';
import type { JsonRequest } from './request.ts';
import type { Poll } from './subscriptions.ts';

/** How each topic is polled while there is no socket. */
export function createPolls(request: JsonRequest, { wait }: Pick<PredictionClient, 'wait'>) {
  const prediction: Poll<'prediction'> = {
    request: ({ id }, signal) => wait(id, signal),
    // Between two long polls, so that an api which responds at once is not called in a tight loop.
    pauseMs: 250,
    pauseMaxMs: 10_000,
  };
  const batch: Poll<'batch'> = { request: async () => null, pauseMs: 1000, pauseMaxMs: 1000 };
  const now: Poll<'activity'> = {
    request: (_, signal) => request('../activity', { signal }, activity),
    pauseMs: 2000,
    pauseMaxMs: 2000,
  };
  return { prediction, batch, activity: now };
}
