import { expect, it } from 'vitest';
import { activityOf } from '../testing/activity.ts';
import { type ActivityEvent, nextActivity, unwatched } from './activity.ts';

const replay = (events: ActivityEvent[], from = unwatched) => events.reduce(nextActivity, from);
const told: ActivityEvent = { type: 'told', now: activityOf([{ succeeded: 1 }]) };

it('knows nothing until it is told', () => {
  expect(replay([{ type: 'opened' }])).toEqual({ open: true, now: null, failure: null });
  expect(replay([{ type: 'opened' }, told]).now).toEqual(activityOf([{ succeeded: 1 }]));
});

it('keeps what it knew while nothing newer comes, and says why', () => {
  const stale = replay([{ type: 'opened' }, told, { type: 'failed', code: 'unreachable' }]);
  expect(stale).toMatchObject({ failure: 'unreachable', now: { point_seconds: 5 } });
  expect(replay([{ type: 'failed', code: 'unreachable' }], stale)).toBe(stale);
  expect(replay([told], stale).failure).toBeNull();
});

it('forgets all when it is closed, and hears nothing late', () => {
  const closed = replay([{ type: 'opened' }, told, { type: 'closed' }]);
  expect(closed).toBe(unwatched);
  expect(replay([told, { type: 'failed', code: 'offline' }], closed)).toBe(unwatched);
});
