import { request } from 'node:http';
import { Readable } from 'node:stream';
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
  const response = await get(`${url}/batches/${id}?limit=1`);
  const { counts } = progressShape.parse(await response.json());
  return counts.queued + counts.running;
}

/** Follows a batch until every image of it has its result. @throws UserError when one failed */
export async function untilBatchEnds(url: string, id: string): Promise<void> {
  const { body } = await get(`${url}/batches/${id}/events`);
  let rest = '';
  for await (const chunk of body?.pipeThrough(new TextDecoderStream()) ?? []) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (!line.startsWith('data:')) continue;
      const { counts, finished } = progressShape.parse(JSON.parse(line.slice('data:'.length)));
      if (counts.failed > 0) throw new UserError(`${counts.failed} images of batch ${id} failed`);
      if (finished) return;
    }
  }
  throw new UserError(`the events of batch ${id} ended before the batch`);
}

async function get(url: string): Promise<Response> {
  for (;;) {
    const response = await fetch(url);
    if (response.ok) return response;
    const text = await response.text();
    // The service is busy for the moment: the batch goes on.
    if (response.status !== 503) throw new UserError(`GET ${url} responded ${response.status}: ${text}`);
    await delay(BUSY_MS);
  }
}
