import { type Prediction, prediction } from '@inkqueue/shared/contracts/prediction';
import type { JsonRequest } from './request.ts';

/** How long one long-poll request waits on the service's side. */
const POLL_WAIT_S = 10;

export interface PredictionClient {
  /** Sends a picture; answers with the accepted prediction. Throws `RequestFailure`. */
  submit: (picture: Blob, signal: AbortSignal) => Promise<Prediction>;
  /** The prediction as it stands. Throws `RequestFailure`. */
  find: (id: string, signal: AbortSignal) => Promise<Prediction>;
  /** The prediction's state once it is final, or as it stands after ten seconds. Throws `RequestFailure`. */
  wait: (id: string, signal: AbortSignal) => Promise<Prediction>;
}

/** Sends pictures and asks what became of them. An aborted request rejects with the signal's reason. */
export function createPredictionClient(request: JsonRequest): PredictionClient {
  return {
    submit(picture, signal) {
      const body = new FormData();
      body.append('file', picture, picture instanceof File ? picture.name : 'drawing.png');
      // The page shows what the network saw.
      return request('/predictions?preview=true', { method: 'POST', body, signal }, prediction);
    },
    find: (id, signal) => request(`/predictions/${encodeURIComponent(id)}`, { signal }, prediction),
    wait: (id, signal) =>
      request(`/predictions/${encodeURIComponent(id)}?wait=${POLL_WAIT_S}`, { signal }, prediction),
  };
}
