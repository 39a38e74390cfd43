import { request } from 'node:http';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { setTimeout as delay } from 'node:timers/promises';
import { UserError } from '@inkqueue/shared/node/user-error';
import { z } from 'zod';
import type { Image } from './images.ts';
import { filePart, MULTIPART_END, MULTIPART_TYPE } from './multipart.ts';

const acceptedShape = z.object({ id: z.string(), total: z.int() });
const progressShape = z.object({
  finished: z.boolean(),
  counts: z.object({ queued: z.int(), running: z.int(), succeeded: z.int(), failed: z.int() }),
});

const BUSY_MS = 500;

/** Sends an image `count` times in one request, as fast as the service takes it. @returns the batch's id */
export async function submitBatch(options: { url: string; image: Image; count: number }): Promise<string> {
  const { url, image, count } = options;
  const part = filePart(image, `picture.${image.mediaType.slice(6)}`);
  const length = count * part.length + MULTIPART_END.length;
  const sent = request(`${url}/batches`, {
    method: 'POST',
    headers: { 'content-type': MULTIPART_TYPE, 'content-length': length },
  });
  let isRefused = false;
  const responded = new Promise<{ status: number; text: string }>((resolve, reject) => {
    sent.on('error', reject).once('response', async (response) => {
      isRefused = true;
      response.setEncoding('utf8');
      let text = '';
      for await (const chunk of response) text += chunk;
      resolve({ status: response.statusCode ?? 0, text });
    });
  });
  function* parts() {
    // A response before the end of the request is a refusal.
    for (let i = 0; i < count && !isRefused; i++) yield part;
    yield MULTIPART_END;
  }
  Readable.from(parts(), { objectMode: false }).pipe(sent);
  const { status, text } = await responded;
  if (status !== 202) throw new UserError(`POST /batches responded ${status}: ${text.slice(0, 300)}`);
  return acceptedShape.parse(JSON.parse(text)).id;
}

/** How many images of a batch have no result yet. */
export async function pendingOfBatch(url: string, id: string): Promise<number> {
  const get = () => fetch(`${url}/batches/${id}?limit=1`);
  let response = await get();
  // The service is busy for the moment: the batch goes on.
  for (; response.status === 503; response = await get()) await delay(BUSY_MS);
  const text = await response.text();
  if (!response.ok) throw new UserError(`GET /batches/${id} responded ${response.status}: ${text}`);
  const { counts } = progressShape.parse(JSON.parse(text));
  return counts.queued + counts.running;
}

/** Follows a batch until every image of it has its result. @throws UserError when one failed */
export async function untilBatchEnds(url: string, id: string): Promise<void> {
  for (;;) {
    const { body } = await fetch(`${url}/batches/${id}/events`);
    // The stream ends with the last result.
    for await (const line of createInterface({ input: Readable.fromWeb(body as ReadableStream) })) {
      if (!line.startsWith('data:')) continue;
      const { counts, finished } = progressShape.parse(JSON.parse(line.slice('data:'.length)));
      if (counts.failed > 0) throw new UserError(`${counts.failed} images of batch ${id} failed`);
      if (finished) return;
    }
    await delay(BUSY_MS);
  }
}
