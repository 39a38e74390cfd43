import { setTimeout as delay } from 'node:timers/promises';
import { batch, batchProgress } from '@inkqueue/shared/contracts/batch';
import { GONE, UNKNOWN } from '../ledger.ts';
import { stateOf } from '../states.ts';
import { fromCsv, fromNdjson, type Line } from './batch-lines.ts';
import { readStream } from './streams.ts';
import type { Load } from './way.ts';

const FOLLOW_MS = 150_000;

/** What the drill keeps of an accepted batch. */
export interface BatchBook {
  id: string;
  ids: readonly string[];
}

const FORMATS = {
  csv: { query: 'format=csv', parse: fromCsv },
  ndjson: { query: 'format=ndjson', parse: fromNdjson },
  // Its page is as long as the drill's largest batch.
  page: { query: 'limit=200', parse: fromPage },
} as const;

function fromPage(text: string, { ids }: BatchBook): Line[] {
  return batch
    .parse(JSON.parse(text))
    .predictions.map(({ prediction }, i) =>
      prediction ? { id: prediction.id, state: stateOf(prediction) } : { id: ids[i] ?? '', state: GONE },
    );
}

/** Reads a whole batch, and notes each end. @returns whether all have ended */
export async function readBatch(load: Load, book: BatchBook, format: keyof typeof FORMATS): Promise<boolean> {
  const { client, ledger } = load;
  const { query, parse } = FORMATS[format];
  const reply = await client.send(`/batches/${book.id}?${query}`);
  if (!reply) return false;
  if (reply.status !== 200) {
    for (const id of book.ids) ledger.observe(id, `batch ${format}`, reply.status === 404 ? UNKNOWN : GONE);
    return true;
  }
  const lines = parse(reply.text, book);
  if (lines.length !== book.ids.length || lines.some(({ id }, i) => id !== book.ids[i]))
    ledger.offences.push(`batch ${book.id} has other predictions as ${format} than at its acceptance`);
  for (const { id, state } of lines) if (state) ledger.observe(id, `batch ${format}`, state);
  return lines.every(({ state }) => state !== null);
}

/** Waits until a batch says that it is finished, or gone, by polls or by its events. */
export async function untilFinished({ client }: Load, { id }: BatchBook): Promise<void> {
  const isLast = (data: unknown) => batchProgress.parse(data).finished;
  if (client.random.chance(0.4)) {
    await readStream({ client, path: `/batches/${id}/events`, isLast });
    return;
  }
  const deadline = performance.now() + FOLLOW_MS;
  while (performance.now() < deadline) {
    const reply = await client.send(`/batches/${id}?limit=1`);
    if (reply && (reply.status !== 200 || isLast(JSON.parse(reply.text)))) return;
    await delay(1_000);
  }
}
