import { predictResponse } from '@inkqueue/shared/contracts/api';
import { expect, it } from 'vitest';
import { IDLE_PREDICTION, nextTracked, type TrackingEvent } from '../state/prediction/tracked-prediction.ts';
import { queued, succeeded } from '../testing/predictions.ts';
import { responseOf } from './response.ts';

const way: TrackingEvent[] = [
  { type: 'sent', token: 1, at: 0 },
  { type: 'state', token: 1, at: 4, prediction: queued() },
  { type: 'state', token: 1, at: 30, prediction: { ...succeeded(3), worker: 'w' } },
];
const after = (count: number) => way.slice(0, count).reduce(nextTracked, IDLE_PREDICTION);

it('is that of POST /predict, as far as it goes', () => {
  expect(responseOf(after(1))).toBeNull();
  expect(responseOf(after(2))).toEqual(queued());
  const done = JSON.parse(JSON.stringify(responseOf(after(3))));
  expect(predictResponse.parse(done)).toEqual(done);
  expect(done).toMatchObject({ predicted_digit: 3, worker: 'w', preview: null });
});

it('stays that of the last result while the next one is on its way, but not after a failure', () => {
  const again = nextTracked(after(3), { type: 'sent', token: 2, at: 40 });
  expect(responseOf(again)).toMatchObject({ predicted_digit: 3 });
  const failure = { code: 'unreachable', retryable: true, retryAt: null } as const;
  expect(responseOf(nextTracked(again, { type: 'failed', token: 2, failure }))).toBeNull();
});
