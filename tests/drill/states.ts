import { predictResponse } from '@inkqueue/shared/contracts/api';
import type { Prediction } from '@inkqueue/shared/contracts/prediction';
import { isFinal } from '@inkqueue/shared/contracts/prediction';
import { isServiceFault, type Problem, problem } from '@inkqueue/shared/contracts/problems';
import type { State } from './ledger.ts';

/** The ledger's word for a prediction's final state; null while it has none. */
export function stateOf({ status, result, error }: Prediction): State | null {
  if (!isFinal(status)) return null;
  return `${status} ${status === 'succeeded' ? result?.text : error?.code}`;
}

/** The same of `POST /predict`, whose errors are those of its prediction where they name one. */
export function predictedState(
  status: number,
  body: unknown,
): { id: string; state: State } | { problem: Problem } {
  if (status === 200) {
    const { id, text } = predictResponse.parse(body);
    return { id, state: `succeeded ${text}` };
  }
  const parsed = problem.parse(body);
  const { code, prediction_id: id } = parsed;
  if (!id || !isEnd(parsed)) return { problem: parsed };
  return { id, state: `${CANCELED.has(code) ? 'canceled' : 'failed'} ${code}` };
}

const CANCELED = new Set<string>(['canceled', 'deadline-passed']);

function isEnd({ code, status }: Problem): boolean {
  return CANCELED.has(code) || isServiceFault(code) || status === 422 || status === 415;
}
