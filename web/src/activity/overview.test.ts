import type { Activity } from '@inkqueue/shared/contracts/activity';
import { expect, it } from 'vitest';
import type { ActivityState } from '../state/activity.ts';
import { activityOf } from '../testing/activity.ts';
import { texts } from '../texts/texts.ts';
import { activityInWords } from './overview.tsx';

const seen = (rest: Partial<Activity>): ActivityState => ({
  open: true,
  snapshot: activityOf([], rest),
  failure: null,
});

it('says what an operator has done to the queue before what follows of it', () => {
  const inWords = (paused: boolean, drained: boolean) =>
    activityInWords(seen({ workers: [], operated: { paused, drained } }));
  expect(inWords(true, false)).toBe(texts.queue.paused);
  expect(inWords(false, true)).toBe(texts.queue.drained);
  expect(inWords(true, true)).toBe(texts.queue.pausedAndDrained);
  expect(inWords(false, false)).toBe(texts.activity.noWorkers);
});

it('tells a service that is away from a queue that is', () => {
  const last = seen({});
  expect(activityInWords({ ...last, failure: 'offline' })).toBe(
    `${texts.failures.offline.what} ${texts.activity.stale}`,
  );
  expect(activityInWords({ ...last, snapshot: null, failure: 'offline' })).toBe(
    `${texts.failures.offline.what} ${texts.activity.retrying}`,
  );
  expect(activityInWords({ ...last, snapshot: null })).toBe(texts.activity.loading);
  expect(activityInWords(seen({ queue: null }))).toBe(texts.activity.queueAway);
});
