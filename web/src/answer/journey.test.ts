import { expect, it } from 'vitest';
import {
  IDLE_PREDICTION,
  nextTracked,
  type SucceededPrediction,
  type TrackingEvent,
} from '../state/prediction/tracked-prediction.ts';
import { queued, running, succeeded } from '../testing/predictions.ts';
import { journeyOf, journeySteps, spansOf } from './journey.ts';

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
    'ahead ahead ahead ahead ahead',
    'now ahead ahead ahead ahead',
    'past now ahead ahead ahead',
    'past past now ahead ahead',
    'past past past past past',
  ]);
});

it('have the time that each took, in milliseconds', () => {
  const steps = journeySteps(way.reduce(nextTracked, IDLE_PREDICTION));
  expect(Object.fromEntries(steps.map(({ name, ms }) => [name, ms]))).toEqual({
    sent: 4,
    queued: 2,
    // Ten by the worker's clock, of which one went into the stages.
    running: 10,
    back: 14,
    done: 30,
  });
});

it('stay those of the last journey while a quick attempt is under way, but not while a slow one is', () => {
  const again: TrackingEvent[] = [...way, { type: 'waiting', token: 2 }, { type: 'sent', token: 2, at: 50 }];
  expect(states(again)).toBe('past past past past past');
  expect(states([...again, { type: 'slow', token: 2 }])).toBe('now ahead ahead ahead ahead');
});

it('are not done while the service is away, whatever was done before', () => {
  const failure = { code: 'unreachable', retryable: true, retryAt: 99 } as const;
  const away: TrackingEvent[] = [
    ...way,
    { type: 'waiting', token: 2 },
    { type: 'failed', token: 2, failure },
  ];
  expect(states(away)).toBe('ahead ahead ahead ahead ahead');
  expect(states([...away, { type: 'waiting', token: 3 }])).toBe('ahead ahead ahead ahead ahead');
});

/** A finished prediction whose browser measured these times. */
const measured = (acceptedMs: number | null, roundTripMs: number, change = {}): SucceededPrediction => {
  const prediction = { ...succeeded(3), ...change };
  return { prediction, result: prediction.result!, acceptedMs, roundTripMs };
};
const sum = (parts: readonly { ms: number }[]) => parts.reduce((total, { ms }) => total + ms, 0);

it.each([
  ['of a drawing', measured(4, 30), 30],
  ['whose answer to the upload came late', measured(28, 30), 30],
  ['that took the service longer than the browser measured', measured(4, 8), 12],
  ['of a link, which the service alone measured', measured(null, 20), 20],
  ['without times of its start and end', measured(4, 30, { started_at: null }), 30],
])('the parts of a journey %s add up to the whole, and the stages to the work', (_, prediction, total) => {
  const { totalMs, parts, stages } = journeyOf(prediction)!;
  expect(totalMs).toBeCloseTo(total);
  expect(sum(parts)).toBeCloseTo(total);
  expect(sum(stages)).toBeCloseTo(parts.find(({ name }) => name === 'running')!.ms);
  expect([...parts, ...stages].every(({ ms }) => ms >= 0)).toBe(true);
});

it('an explanation is a stage of its own, and what was not measured has no journey', () => {
  const timings = { ...succeeded(3).timings!, explain_ms: 6 };
  const { stages } = journeyOf(measured(4, 30, { timings }))!;
  expect(stages).toContainEqual({ name: 'explain', ms: 6 });
  expect(sum(stages)).toBeCloseTo(10);
  expect(journeyOf(measured(4, 30, { timings: null }))).toBeNull();
});

it('parts are drawn as long as they took, end to end, and the shortest can be seen', () => {
  const spans = spansOf([{ ms: 600 }, { ms: 0 }, { ms: 0.1 }, { ms: 400 }]);
  expect(spans[0]!.from).toBe(0);
  expect(spans.at(-1)!.to).toBeCloseTo(1);
  expect(spans[1]).toEqual({ from: spans[0]!.to, to: spans[0]!.to });
  const lengths = spans.map(({ from, to }) => to - from);
  expect(lengths[2]).toBeGreaterThan(0.01);
  expect(lengths[0]! / lengths[3]!).toBeCloseTo(1.5);
});
