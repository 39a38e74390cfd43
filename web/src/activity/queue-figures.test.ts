import type { Activity } from '@inkqueue/shared/contracts/activity';
import { expect, it } from 'vitest';
import { activityOf } from '../testing/activity.ts';
import { drainOf, flowOf, ratesNow, shareOf } from './queue-figures.ts';

/** Five-second points, each with what came in and what was read. */
function flow(points: [accepted: number, succeeded: number][], rest: Partial<Activity> = {}): Activity {
  const made = activityOf(points.map(([, succeeded]) => ({ succeeded })));
  const queue = { pictures: 60, bytes: 1, jobs: { waiting: 1, active: 0 } };
  const worker = {
    id: 'a',
    started_at: made.at,
    model: { name: 'm', version: '1' },
    running: 0,
    finished: 0,
  };
  return {
    ...made,
    queue,
    workers: [worker],
    points: made.points.map((point, i) => ({ ...point, accepted: points[i]![0] })),
    ...rest,
  };
}

it('counts what came and what ended, canceled too, a second', () => {
  const activity = flow([
    [10, 5],
    [20, 15],
  ]);
  activity.points[1] = { ...activity.points[1]!, failed: 3, canceled: 2 };
  expect(flowOf(activity)).toEqual({
    arrivals: [2, 4],
    departures: [1, 4],
    came: 30,
    went: 25,
    canceled: 2,
  });
});

it('leaves out a point that has only begun, and takes a young one by its age', () => {
  const activity = flow([
    [10, 10],
    [10, 10],
  ]);
  const begun = { ...activity, at: '2026-01-01T12:00:07.000Z' };
  expect(flowOf(begun).arrivals).toEqual([2, null]);
  const young = { ...activity, at: '2026-01-01T12:00:08.000Z' };
  expect(flowOf(young).arrivals).toEqual([2, 5]);
});

it('has the rates of the last half minute', () => {
  const points: [number, number][] = Array.from({ length: 20 }, () => [50, 50]);
  expect(ratesNow(flow([...points, ...Array.from({ length: 6 }, (): [number, number] => [10, 20])]))).toEqual(
    {
      arrivals: 2,
      departures: 4,
    },
  );
  expect(ratesNow(activityOf([]))).toEqual({ arrivals: 0, departures: 0 });
});

it.each<[string, Activity, ReturnType<typeof drainOf>]>([
  [
    'nothing waits',
    flow([[5, 5]], { queue: { pictures: 0, bytes: 0, jobs: { waiting: 0, active: 0 } } }),
    { kind: 'empty' },
  ],
  ['the queue is not known', flow([[5, 5]], { queue: null }), null],
  ['nothing is read', flow([[5, 0]]), { kind: 'stands' }],
  ['no worker runs', flow([[5, 15]], { workers: [] }), { kind: 'stands' }],
  ['it is paused', flow([[5, 15]], { operated: { paused: true, drained: false } }), { kind: 'stands' }],
  ['more come than are read', flow([[20, 10]]), { kind: 'grows', perSecond: 2 }],
  ['more are read than come', flow([[10, 25]]), { kind: 'drains', ms: 20_000 }],
])('says when the queue is empty where %s', (_, activity, drain) => {
  expect(drainOf(activity)).toEqual(drain);
});

it('has no share of a bound that is none', () => {
  expect([shareOf(5, 10), shareOf(20, 10), shareOf(5, 0)]).toEqual([0.5, 1, null]);
});
