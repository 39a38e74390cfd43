import { isStale, type TrackedPrediction } from '../state/tracked-prediction.ts';

export type StepName = 'sent' | 'queued' | 'running' | 'done';

export interface Step {
  name: StepName;
  state: 'ahead' | 'now' | 'past';
  /** How long the step took, in milliseconds; for `done` the whole way, as measured by this browser. Null until then. */
  ms: number | null;
}

const STEP_NAMES: readonly StepName[] = ['sent', 'queued', 'running', 'done'];

/**
 * The prediction's steps. While a quick attempt is under way the last journey stays, so that nothing flickers; after a failure
 * nothing is done.
 */
export function journeySteps(tracked: TrackedPrediction): readonly Step[] {
  const { succeeded, phase } = tracked;
  if (succeeded && !isStale(tracked)) {
    const timings = succeeded.prediction.timings;
    const work = timings && timings.decode_ms + timings.normalize_ms + timings.inference_ms;
    const sent = succeeded.acceptedMs;
    return stepsAt(STEP_NAMES.length, {
      sent,
      queued: timings?.queue_ms ?? null,
      running: work,
      done: succeeded.roundTripMs,
    });
  }
  if (phase === 'sending') return stepsAt(0);
  if (phase === 'following') return stepsAt(tracked.prediction?.status === 'running' ? 2 : 1);
  return stepsAt(-1);
}

/** The steps with `at` under way: -1 is before the first, 4 after the last. */
function stepsAt(at: number, ms: Partial<Record<StepName, number | null>> = {}): readonly Step[] {
  return STEP_NAMES.map((name, index) => ({
    name,
    state: index < at ? 'past' : index === at ? 'now' : 'ahead',
    ms: ms[name] ?? null,
  }));
}
