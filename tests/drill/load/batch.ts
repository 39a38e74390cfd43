import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { batchAccepted } from '@inkqueue/shared/contracts/batch';
import { batchForm } from '../../integration/batch-client.ts';
import type { Picture } from '../pictures.ts';
import { type BatchBook, readBatch, untilFinished } from './batch-read.ts';
import { isTaken } from './submit.ts';
import type { Load, Way } from './way.ts';

const SIZE = { least: 10, most: 120 };

const BODIES = {
  form: (pictures: readonly Picture[]): RequestInit => ({
    body: batchForm(pictures.map(({ bytes }) => bytes)),
  }),
  JSON: (pictures: readonly Picture[]): RequestInit => ({
    body: JSON.stringify({ images: pictures.map(({ bytes }) => bytes.toString('base64')) }),
    headers: { 'content-type': 'application/json' },
  }),
} as const;

/** Sends a batch until it is accepted, and notes its predictions. */
async function submitBatch(load: Load, way: string, body: keyof typeof BODIES): Promise<BatchBook | null> {
  const { client, ledger } = load;
  const count = client.random.between(SIZE.least, SIZE.most);
  const pictures = Array.from({ length: count }, () => load.anyPicture({ many: true }));
  const key = client.random.chance(0.3) ? `"${randomUUID()}"` : null;
  let beganAt = performance.now();
  const send = async () => {
    const reply = await client.send('/batches', () => {
      if (!key) beganAt = performance.now();
      const init = BODIES[body](pictures);
      return {
        method: 'POST',
        ...init,
        headers: { ...init.headers, ...(key && { 'idempotency-key': key }) },
      };
    });
    if (reply?.status === 202) return batchAccepted.parse(JSON.parse(reply.text));
    if (reply && !isTaken(ledger.spans, beganAt))
      ledger.offences.push(`a batch was refused with ${reply.status}: ${reply.text.slice(0, 200)}`);
    return null;
  };
  const accepted = await send();
  if (!accepted) return null;
  const ids = accepted.predictions.map(({ id }) => id);
  for (const [i, id] of ids.entries()) ledger.accept({ id, way, beganAt, allowed: [pictures[i]!.state] });
  if (key && client.random.chance(0.5)) {
    const again = await send();
    if (again && again.id !== accepted.id && !isTaken(ledger.spans, beganAt))
      ledger.offences.push(`one Idempotency-Key has two batches, ${accepted.id} and ${again.id}`);
  }
  return { id: accepted.id, ids };
}

/** POST …/cancel or DELETE, a moment after the acceptance. */
async function endBatch(load: Load, { id, ids }: BatchBook, how: 'cancel' | 'delete'): Promise<void> {
  const { client, ledger } = load;
  await delay(client.random.between(0, 300));
  for (const each of ids) ledger.allow(each, 'canceled canceled');
  const request = { method: how === 'cancel' ? 'POST' : 'DELETE' };
  const reply = await client.send(`/batches/${id}${how === 'cancel' ? '/cancel' : ''}`, () => request);
  const isDeleted = how === 'delete' && (reply?.status === 204 || (reply?.status === 410 && reply.isRepeat));
  if (isDeleted) for (const each of ids) ledger.deleted(each);
}

const sendBatch = (options: {
  body: keyof typeof BODIES;
  weight: number;
  books: BatchBook[];
  end?: 'cancel' | 'delete';
}): Way => {
  const { body, weight, books, end } = options;
  return {
    name: `POST /batches (${body})${end ? `, then ${end}` : ''}`,
    weight,
    async run(load) {
      const book = await submitBatch(load, this.name, body);
      if (!book) return;
      books.push(book);
      if (end) await endBatch(load, book, end);
      await untilFinished(load, book);
      await readBatch(load, book, load.client.random.pick(['csv', 'ndjson', 'page']));
      for (const id of book.ids) load.ledger.leave(id);
    },
  };
};

/** @param books gets each accepted batch, for the audit */
export const batchWays = (books: BatchBook[]): readonly Way[] => [
  sendBatch({ body: 'form', weight: 5, books }),
  sendBatch({ body: 'JSON', weight: 3, books }),
  sendBatch({ body: 'form', weight: 0.5, books, end: 'cancel' }),
  sendBatch({ body: 'form', weight: 0.5, books, end: 'delete' }),
];
