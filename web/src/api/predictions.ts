import { isFinal, type Prediction, prediction } from '@inkqueue/shared/contracts/prediction';
import { createJsonRequest, type JsonRequest } from './request.ts';
import type { OnProgress, SendForm } from './upload.ts';

/** How long the service may hold one long-poll request. */
const POLL_WAIT_S = 10;

/** Where a worker fetches an image from, in place of the image. */
export interface ImageAddress {
  address: string;
}

/** The requests on predictions. Each throws `RequestFailure` or, when aborted, the signal's reason. */
export function createPredictionClient(request: JsonRequest, send: SendForm) {
  function post(
    image: Blob | ImageAddress,
    options: { query: string; signal: AbortSignal; onProgress?: OnProgress; headers?: HeadersInit },
  ): Promise<Prediction> {
    const { query, signal, onProgress = () => {}, headers } = options;
    const path = `../predictions?${query}`;
    if (!(image instanceof Blob)) {
      const body = JSON.stringify({ image: image.address });
      const init = {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json' },
        body,
        signal,
      };
      return request(path, init, prediction);
    }
    const body = new FormData();
    body.append('file', image, image instanceof File ? image.name : 'drawing.png');
    const upload = createJsonRequest((to, init) =>
      send(String(to), body, { signal, headers: init?.headers, onProgress }),
    );
    return upload(path, { method: 'POST', signal, ...(headers && { headers }) }, prediction);
  }
  const wait = (id: string, signal: AbortSignal) =>
    request(`../predictions/${encodeURIComponent(id)}?wait=${POLL_WAIT_S}`, { signal }, prediction);
  return {
    /** Sends an image, or the address of one; resolves to the accepted prediction. */
    // The page shows the network input.
    submit: (image: Blob | ImageAddress, options: { signal: AbortSignal; onProgress: OnProgress }) =>
      post(image, { ...options, query: 'preview=true' }),
    /** Sends an image to be read and explained; resolves to the prediction at its end. */
    async explain(image: Blob | ImageAddress, signal: AbortSignal): Promise<Prediction> {
      const headers = { prefer: `wait=${POLL_WAIT_S}` };
      let now = await post(image, { query: 'explain=true', signal, headers });
      while (!isFinal(now.status)) now = await wait(now.id, signal);
      return now;
    },
    /** The prediction in its current state. */
    find: (id: string, signal: AbortSignal) =>
      request(`../predictions/${encodeURIComponent(id)}`, { signal }, prediction),
    /** The prediction in its final state, or in its current one after ten seconds. */
    wait,
  };
}
export type PredictionClient = ReturnType<typeof createPredictionClient>;
