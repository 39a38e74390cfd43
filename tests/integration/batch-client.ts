import { type Batch, batch, batchAccepted } from '@inkqueue/shared/contracts/batch';
import { until } from './until.ts';

/** A form with many images. */
export function batchForm(images: readonly Uint8Array[]): FormData {
  const body = new FormData();
  for (const [i, image] of images.entries())
    body.append('file', new Blob([new Uint8Array(image)]), `picture-${i}.png`);
  return body;
}

/** POST /batches, whatever the response. */
export const postBatch = (api: { url: string }, images: readonly Uint8Array[]): Promise<Response> =>
  fetch(`${api.url}/batches`, { method: 'POST', body: batchForm(images) });

/** POST /batches. @throws Error unless the response is 202 and names the batch's place */
export async function acceptBatch(api: { url: string }, images: readonly Uint8Array[]) {
  const response = await postBatch(api, images);
  if (response.status !== 202) throw new Error(`${response.status}: ${await response.text()}`);
  const accepted = batchAccepted.parse(await response.json());
  const location = response.headers.get('location');
  if (location !== `/batches/${accepted.id}`) throw new Error(`Location is ${location}`);
  return accepted;
}

/** GET /batches/{id} */
export async function findBatch(api: { url: string }, id: string, query = ''): Promise<Batch> {
  return batch.parse(await (await fetch(`${api.url}/batches/${id}${query}`)).json());
}

/** The batch once it is finished. */
export const finishedBatch = (api: { url: string }, id: string, query = ''): Promise<Batch> =>
  until('the batch is finished', async () => {
    const found = await findBatch(api, id, query);
    return found.finished && found;
  });
