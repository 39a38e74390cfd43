import type { Prediction } from '@inkqueue/shared/contracts/prediction';
import { createdAt } from '../queue/ids.ts';
import type { PredictionState } from '../queue/state.ts';

export type Present = ReturnType<typeof createPresenter>;

const iso = (ms: number) => new Date(ms).toISOString();

/**
 * Makes the one JSON shape of a prediction from its id and its state.
 *
 * @param options.feedback whether the operator asks people what their images show
 * @param options.resultTtlMs how long a prediction is kept after its end; absent where that is not said
 * @param options.basePath where a proxy serves the api; links begin with it
 */
export function createPresenter(options: { feedback: boolean; resultTtlMs?: number; basePath?: string }) {
  const { feedback, resultTtlMs, basePath = '' } = options;
  const expiry = (finishedAt: number) =>
    resultTtlMs === undefined ? {} : { expires_at: iso(finishedAt + resultTtlMs) };
  /** @param how.isCached whether an earlier prediction of the same picture answers */
  return (id: string, state: PredictionState, { isCached = false } = {}): Prediction => {
    const self = `${basePath}/predictions/${id}`;
    const prediction: Prediction = {
      id,
      status: state.status,
      model: null,
      created_at: iso(createdAt(id)),
      started_at: null,
      finished_at: null,
      queue_position: null,
      estimated_start_ms: null,
      result: null,
      error: null,
      timings: null,
      preview: null,
      ...(isCached && { cached: true as const }),
      urls: { self, cancel: `${self}/cancel`, events: `${self}/events` },
      links: { self, feedback: feedback ? `${self}/feedback` : null },
    };
    switch (state.status) {
      case 'queued':
        return { ...prediction, queue_position: state.position, estimated_start_ms: state.startMs };
      case 'running':
        return { ...prediction, started_at: iso(state.startedAt) };
      case 'succeeded':
        return {
          ...prediction,
          model: state.model,
          started_at: iso(state.startedAt),
          finished_at: iso(state.finishedAt),
          result: state.result,
          timings: state.timings,
          preview: state.preview ?? null,
          ...(state.explanation && { explanation: state.explanation }),
          ...(state.worker !== undefined && { worker: state.worker }),
          ...expiry(state.finishedAt),
        };
      case 'failed':
      case 'canceled':
        return {
          ...prediction,
          started_at: state.startedAt === null ? null : iso(state.startedAt),
          finished_at: iso(state.finishedAt),
          error: state.error,
          ...expiry(state.finishedAt),
        };
    }
  };
}
