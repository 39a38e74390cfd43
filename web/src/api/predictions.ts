import { prediction } from '@inkqueue/shared/contracts/prediction';
import type { JsonRequest } from './request.ts';

/** How long the service may hold one long-poll request. */
const POLL_WAIT_S = 10;

/** The requests on predictions. Each throws `RequestFailure` or, when aborted, the signal's reason. */
export function createPredictionClient(request: JsonRequest) {
  return {
    /** Sends an image; resolves to the accepted prediction. */
    submit(image: Blob, signal: AbortSignal) {
      const body = new FormData();
      body.append('file', image, image instanceof File ? image.name : 'drawing.png');
      // The page shows the network input.
      return request('../predictions?preview=true', { method: 'POST', body, signal }, prediction);
    },
    /** The prediction in its current state. */
    find: (id: string, signal: AbortSignal) =>
      request(`../predictions/${encodeURIComponent(id)}`, { signal }, prediction),
    /** The prediction in its final state, or in its current one after ten seconds. */
    wait: (id: string, signal: AbortSignal) =>
      request(`../predictions/${encodeURIComponent(id)}?wait=${POLL_WAIT_S}`, { signal }, prediction),
  };
}
export type PredictionClient = ReturnType<typeof createPredictionClient>;
