import type { Reading } from '../state/tracked-prediction.ts';

export type StepName = 'sent' | 'queued' | 'running' | 'done';

export interface Step {
  name: StepName;
  state: 'ahead' | 'now' | 'past';
  /** How long it took, in milliseconds; for `done` all of it, as seen from this browser. Null until known. */
  ms: number | null;
}

const names: readonly StepName[] = ['sent', 'queued', 'running', 'done'];

/** Where a reading stands on its way. While a quick one is under way the last journey stays, so that nothing flickers. */
export function journeySteps(reading: Reading): readonly Step[] {
  const { answer, phase } = reading;
  const settled = answer !== null && (phase === 'done' || !reading.slow);
  if (settled) {
    const timings = answer.prediction.timings;
    const work = timings && timings.decode_ms + timings.normalize_ms + timings.inference_ms;
    const sent = answer.acceptedMs;
    return stepsAt(names.length, {
      sent,
      queued: timings?.queue_ms ?? null,
      running: work,
      done: answer.roundTripMs,
    });
  }
  if (phase === 'sending') return stepsAt(0);
  if (phase === 'following') return stepsAt(reading.prediction?.status === 'running' ? 2 : 1);
  return stepsAt(-1);
}

/** The steps with `at` under way: -1 is before the first, 4 after the last. */
function stepsAt(at: number, ms: Partial<Record<StepName, number | null>> = {}): readonly Step[] {
  return names.map((name, index) => ({
    name,
    state: index < at ? 'past' : index === at ? 'now' : 'ahead',
    ms: ms[name] ?? null,
  }));
}
