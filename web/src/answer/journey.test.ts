import { expect, it } from 'vitest';
import { IDLE_PREDICTION, nextTracked, type TrackingEvent } from '../state/tracked-prediction.ts';
import { queued, running, succeeded } from '../testing/predictions.ts';
import { journeySteps } from './journey.ts';

const way: TrackingEvent[] = [
  { type: 'waiting', token: 1 },
  { type: 'sent', token: 1, at: 0 },
  { type: 'state', token: 1, at: 4, prediction: queued() },
  { type: 'state', token: 1, at: 6, prediction: running() },
  { type: 'state', token: 1, at: 30, prediction: succeeded(3) },
];
const states = (events: TrackingEvent[]) =>
  journeySteps(events.reduce(nextTracked, IDLE_PREDICTION))
    .map(({ state }) => state)
    .join(' ');

it('advance one by one', () => {
  expect(way.map((_, index) => states(way.slice(0, index + 1)))).toEqual([
    'ahead ahead ahead ahead',
    'now ahead ahead ahead',
    'past now ahead ahead',
    'past past now ahead',
    'past past past past',
  ]);
});

it('have the time that each took, in milliseconds', () => {
  const steps = journeySteps(way.reduce(nextTracked, IDLE_PREDICTION));
  expect(Object.fromEntries(steps.map(({ name, ms }) => [name, ms]))).toEqual({
    sent: 4,
    queued: 2,
    running: 1,
    done: 30,
  });
});

it('stay those of the last journey while a quick attempt is under way, but not while a slow one is', () => {
  const again: TrackingEvent[] = [...way, { type: 'waiting', token: 2 }, { type: 'sent', token: 2, at: 50 }];
  expect(states(again)).toBe('past past past past');
  expect(states([...again, { type: 'slow', token: 2 }])).toBe('now ahead ahead ahead');
});

it('are not done while the service is away, whatever was done before', () => {
  const failure = { code: 'unreachable', retryable: true, retryAt: 99 } as const;
  const away: TrackingEvent[] = [
    ...way,
    { type: 'waiting', token: 2 },
    { type: 'failed', token: 2, failure },
  ];
  expect(states(away)).toBe('ahead ahead ahead ahead');
  expect(states([...away, { type: 'waiting', token: 3 }])).toBe('ahead ahead ahead ahead');
});
