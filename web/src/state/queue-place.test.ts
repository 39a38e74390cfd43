import type { ActivitySpan } from '@inkqueue/shared/contracts/activity';
import type { ConsoleState } from '@inkqueue/shared/contracts/console';
import { expect, it } from 'vitest';
import { activityOf } from '../testing/activity.ts';
import {
  FIRST_LOOK,
  nextQueuePlace,
  type OperatorEvent,
  type QueueEvent,
  shownActivity,
} from './queue-place.ts';

const after = (...events: QueueEvent[]) => events.reduce(nextQueuePlace, FIRST_LOOK);
const operatorAfter = (...events: OperatorEvent[]) =>
  after(...events.map((event) => ({ type: 'operator', event }) as const)).operator;

const live = activityOf([{ succeeded: 1 }]);
const snapshot: QueueEvent[] = [
  { type: 'activity', event: { type: 'opened' } },
  { type: 'activity', event: { type: 'snapshot', snapshot: live } },
];
const span = (chosen: ActivitySpan): QueueEvent => ({ type: 'span', span: chosen });
const day = activityOf([{ succeeded: 2 }], { point_seconds: 900 });
const seen: ConsoleState = { workers: [], failures: [], audit: [] };

it('shows the last minutes live, and a longer span once it is there', () => {
  expect(shownActivity(after(...snapshot))).toBe(live);
  expect(shownActivity(after(...snapshot, span('day')))).toBeNull();
  expect(shownActivity(after(...snapshot, span('day'), { type: 'longer', span: 'day', activity: day }))).toBe(
    day,
  );
  expect(after(...snapshot, span('day')).activity.snapshot).toBe(live);
});

it('drops points of a span that is no longer chosen', () => {
  const late: QueueEvent = { type: 'longer', span: 'day', activity: day };
  expect(shownActivity(after(...snapshot, span('day'), span('hour'), late))).toBeNull();
  expect(shownActivity(after(...snapshot, late))).toBe(live);
});

it('lets an operator in once the console has answered, and out with the reason', () => {
  expect(operatorAfter({ type: 'entering' }).phase).toBe('entering');
  expect(operatorAfter({ type: 'entering' }, { type: 'seen', seen })).toMatchObject({ phase: 'in', seen });
  const out = operatorAfter({ type: 'seen', seen }, { type: 'shut-out', failure: 'wrong-password' });
  expect(out).toMatchObject({ phase: 'out', seen: null, failure: 'wrong-password' });
  expect(
    operatorAfter({ type: 'shut-out', failure: 'unreachable' }, { type: 'entering' }).failure,
  ).toBeNull();
});

it('asks for what cannot be taken back, and forgets the question either way', () => {
  const asked = { type: 'asked', action: 'purge' } as const;
  expect(operatorAfter(asked).asked).toBe('purge');
  expect(operatorAfter(asked, { type: 'taken-back' }).asked).toBeNull();
  expect(operatorAfter(asked, { type: 'acting', action: 'purge' })).toMatchObject({
    asked: null,
    acting: 'purge',
  });
});

it('says what came of the last action alone', () => {
  const done = { action: 'purge', count: 3 } as const;
  const acted = [
    { type: 'acting', action: 'purge' },
    { type: 'done', done },
  ] as const;
  expect(operatorAfter(...acted)).toMatchObject({ acting: null, done });
  expect(operatorAfter(...acted, { type: 'acting', action: 'pause' }).done).toBeNull();
  const failed = operatorAfter(
    { type: 'acting', action: 'pause' },
    { type: 'failed', failure: 'unreachable' },
  );
  expect(failed).toMatchObject({ acting: null, done: null, failure: 'unreachable' });
});
