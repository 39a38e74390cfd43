import { request } from 'node:http';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { filePart, multipartEnd, multipartType } from './multipart.ts';
import type { Picture } from './pictures.ts';
import { ServiceError } from './processes.ts';

/** The service has no `POST /batches`. */
export class NoBatchesError extends Error {
  override readonly name = 'NoBatchesError';
}

const accepted = z.object({ id: z.string(), total: z.int() });
const progress = z.object({
  counts: z.object({ queued: z.int(), running: z.int(), succeeded: z.int(), failed: z.int() }),
});

const POLL_MS = 20;
const BUSY_MS = 500;

/**
 * Sends `count` times a picture in one request, as fast as the service reads it.
 *
 * @returns the batch's id
 * @throws NoBatchesError on 404
 */
export async function submitBatch(options: {
  url: string;
  picture: Picture;
  count: number;
}): Promise<string> {
  const { url, picture, count } = options;
  const part = filePart(picture, `picture.${picture.mediaType.slice(6)}`);
  const length = count * part.length + multipartEnd.length;
  const sent = request(`${url}/batches`, {
    method: 'POST',
    headers: { 'content-type': multipartType, 'content-length': length },
  });
  let answered = false;
  const answer = new Promise<{ status: number; text: string }>((resolve, reject) => {
    sent.on('error', reject).once('response', async (response) => {
      answered = true;
      response.setEncoding('utf8');
      let text = '';
      for await (const chunk of response) text += chunk;
      resolve({ status: response.statusCode ?? 0, text });
    });
  });
  function* parts() {
    // A refusal may come before all is sent.
    for (let i = 0; i < count && !answered; i++) yield part;
    yield multipartEnd;
  }
  Readable.from(parts(), { objectMode: false }).pipe(sent);
  const { status, text } = await answer;
  if (status === 404) throw new NoBatchesError('the service has no POST /batches');
  if (status !== 202) throw new ServiceError(`POST /batches answered ${status}: ${text.slice(0, 300)}`);
  return accepted.parse(JSON.parse(text)).id;
}

/** How many of a batch's pictures have no answer yet, and how many failed. */
export async function batchProgress(url: string, id: string): Promise<{ pending: number; failed: number }> {
  const ask = () => fetch(`${url}/batches/${id}?limit=1`);
  let answer = await ask();
  // The service says that it is busy for the moment: the batch goes on.
  for (; answer.status === 503; answer = await ask()) await sleep(BUSY_MS);
  if (!answer.ok)
    throw new ServiceError(`GET /batches/${id} answered ${answer.status}: ${await answer.text()}`);
  const { counts } = progress.parse(await answer.json());
  return { pending: counts.queued + counts.running, failed: counts.failed };
}

/** Waits until every picture of a batch has its answer. @throws ServiceError when one failed */
export async function batchEnd(url: string, id: string): Promise<void> {
  for (;;) {
    const { pending, failed } = await batchProgress(url, id);
    if (failed > 0) throw new ServiceError(`${failed} pictures of batch ${id} failed`);
    if (pending === 0) return;
    await sleep(POLL_MS);
  }
}
