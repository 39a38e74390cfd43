import type { Prediction } from '@inkqueue/shared/contracts/prediction';
import {
  isStale,
  type SucceededPrediction,
  type TrackedPrediction,
} from '../state/prediction/tracked-prediction.ts';

export type StepName = 'sent' | 'queued' | 'running' | 'back' | 'done';
export type StageName = 'decode' | 'normalize' | 'network' | 'explain' | 'rest';

export interface Step {
  name: StepName;
  state: 'ahead' | 'now' | 'past';
  /** How long the step took, in milliseconds; for `done` the whole way. Null until then, and where it was not measured. */
  ms: number | null;
}

/** What took how long, in milliseconds. */
export interface Part<Name extends string> {
  name: Name;
  ms: number;
}

/** A whole way: its parts add up to `totalMs`, and the stages to the part that is named `running`. */
export interface Journey {
  totalMs: number;
  parts: readonly Part<Exclude<StepName, 'done'>>[];
  stages: readonly Part<StageName>[];
}

const STEP_NAMES: readonly StepName[] = ['sent', 'queued', 'running', 'back', 'done'];
/** A shorter part is drawn as if it took this share of the whole: it would not be visible otherwise. */
const SHARE_MIN = 0.015;

/**
 * The way of a prediction that has succeeded; null where the service did not measure it. The service and this browser measure by
 * their own clocks, whose times are only added: what the service did not take is the way there and the way back.
 */
export function journeyOf({ prediction, acceptedMs, roundTripMs }: SucceededPrediction): Journey | null {
  const { timings } = prediction;
  if (!timings) return null;
  const stages = stagesOf(prediction, timings);
  const running = sumOf(stages);
  if (acceptedMs === null) {
    // Somebody else sent it: there is only the service's part.
    const queued = Math.max(timings.queue_ms, roundTripMs - running);
    return journey([part('queued', queued), part('running', running)], stages);
  }
  const underway = Math.max(0, roundTripMs - timings.queue_ms - running);
  const sent = Math.min(acceptedMs, underway);
  return journey(
    [
      part('sent', sent),
      part('queued', timings.queue_ms),
      part('running', running),
      part('back', underway - sent),
    ],
    stages,
  );
}

/**
 * The prediction's steps. While a quick attempt is under way the last journey stays, so that nothing flickers; after a failure
 * nothing is done.
 */
export function journeySteps(tracked: TrackedPrediction): readonly Step[] {
  const { succeeded, phase } = tracked;
  if (succeeded && !isStale(tracked)) {
    const found = journeyOf(succeeded);
    const ms = Object.fromEntries(found?.parts.map((each) => [each.name, each.ms]) ?? []);
    return stepsAt(STEP_NAMES.length, { ...ms, done: found?.totalMs ?? succeeded.roundTripMs });
  }
  if (phase === 'sending') return stepsAt(0);
  if (phase === 'following') return stepsAt(tracked.prediction?.status === 'running' ? 2 : 1);
  return stepsAt(-1);
}

/** Where each part lies in a bar, from 0 to 1, as long as it took, but long enough to be seen. */
export function spansOf(parts: readonly { ms: number }[]): { from: number; to: number }[] {
  const sum = sumOf(parts);
  const shares = parts.map(({ ms }) => (ms > 0 ? Math.max(ms / sum, SHARE_MIN) : 0));
  const all = shares.reduce((total, share) => total + share, 0) || 1;
  let at = 0;
  return shares.map((share) => {
    const from = at;
    at += share / all;
    return { from, to: at };
  });
}

function stagesOf(
  { started_at, finished_at }: Prediction,
  timings: NonNullable<Prediction['timings']>,
): Part<StageName>[] {
  const { decode_ms, normalize_ms, inference_ms, explain_ms } = timings;
  const stages: Part<StageName>[] = [
    part('decode', decode_ms),
    part('normalize', normalize_ms),
    part('network', inference_ms),
    ...(explain_ms === undefined ? [] : [part('explain' as const, explain_ms)]),
  ];
  const taken = started_at && finished_at ? Date.parse(finished_at) - Date.parse(started_at) : 0;
  // Waiting for the pictures that the worker reads together with this one, and for Redis.
  return [...stages, part('rest', Math.max(0, taken - sumOf(stages)))];
}

function journey(parts: Journey['parts'], stages: Journey['stages']): Journey {
  return { totalMs: sumOf(parts), parts, stages };
}

function part<Name extends string>(name: Name, ms: number): Part<Name> {
  return { name, ms };
}

function sumOf(parts: readonly { ms: number }[]): number {
  return parts.reduce((sum, { ms }) => sum + ms, 0);
}

/** The steps with `at` under way: -1 is before the first, past the last one all are done. */
function stepsAt(at: number, ms: Partial<Record<StepName, number | null>> = {}): readonly Step[] {
  return STEP_NAMES.map((name, index) => ({
    name,
    state: index < at ? 'past' : index === at ? 'now' : 'ahead',
    ms: ms[name] ?? null,
  }));
}
