import { expect, it } from 'vitest';
import { activityOf } from '../testing/activity.ts';
import { type ActivityEvent, CLOSED_ACTIVITY, nextActivity } from './activity.ts';

const replay = (events: ActivityEvent[], from = CLOSED_ACTIVITY) => events.reduce(nextActivity, from);
const arrived: ActivityEvent = { type: 'snapshot', snapshot: activityOf([{ succeeded: 1 }]) };

it('is empty until the first snapshot', () => {
  expect(replay([{ type: 'opened' }])).toEqual({ open: true, snapshot: null, failure: null });
  expect(replay([{ type: 'opened' }, arrived]).snapshot).toEqual(activityOf([{ succeeded: 1 }]));
});

it('keeps the last snapshot while no newer one comes, and the reason', () => {
  const stale = replay([{ type: 'opened' }, arrived, { type: 'failed', code: 'unreachable' }]);
  expect(stale).toMatchObject({ failure: 'unreachable', snapshot: { point_seconds: 5 } });
  expect(replay([{ type: 'failed', code: 'unreachable' }], stale)).toBe(stale);
  expect(replay([arrived], stale).failure).toBeNull();
});

it('forgets everything when the panel closes, and drops late events', () => {
  const closed = replay([{ type: 'opened' }, arrived, { type: 'closed' }]);
  expect(closed).toBe(CLOSED_ACTIVITY);
  expect(replay([arrived, { type: 'failed', code: 'offline' }], closed)).toBe(CLOSED_ACTIVITY);
});
