import { outcome } from '@inkqueue/shared/contracts/job';
import { modelRef } from '@inkqueue/shared/contracts/prediction';
import { predictionError } from '@inkqueue/shared/contracts/problems';
import { z } from 'zod';
import { type PredictionState, stateAt } from '../state.ts';

/**
 * What is settled of one prediction of a job whatever becomes of the job: it was canceled, or deleted, or it had ended before
 * the job was run again for another one. It lies in the job's record, in a field of its own, and goes with the record.
 */
const settled = z.union([
  z.object({ canceled: predictionError, at: z.int(), started_at: z.nullable(z.int()) }),
  z.object({ deleted: z.literal(true) }),
  z.object({
    outcome,
    model: modelRef,
    worker: z.optional(z.string()),
    started_at: z.int(),
    finished_at: z.int(),
  }),
  z.object({ failed: predictionError, started_at: z.nullable(z.int()), finished_at: z.int() }),
]);
export type Settled = z.infer<typeof settled>;

const FIELD = 'settled:';

/** The field of a job's record for the prediction at `index`. */
export const settledField = (index: number) => `${FIELD}${index}`;

/** What is settled in a job's record, by index. */
export function settledOf(record: Record<string, string>): Map<number, Settled> {
  const found = new Map<number, Settled>();
  for (const [name, text] of Object.entries(record)) {
    if (name.startsWith(FIELD)) found.set(Number(name.slice(FIELD.length)), settled.parse(JSON.parse(text)));
  }
  return found;
}

/** The state of a prediction that is settled; null for one that was deleted. */
export function stateOf(entry: Settled): PredictionState | null {
  if ('deleted' in entry) return null;
  if ('canceled' in entry) {
    const { canceled: error, at, started_at } = entry;
    return { status: 'canceled', startedAt: started_at, finishedAt: at, error };
  }
  if ('failed' in entry) {
    const { failed: error, started_at, finished_at } = entry;
    return { status: 'failed', startedAt: started_at, finishedAt: finished_at, error };
  }
  const { outcome: only, ...result } = entry;
  return stateAt({ status: 'completed', result: { ...result, outcomes: [only] } }, 0);
}
