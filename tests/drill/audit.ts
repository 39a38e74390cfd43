import { requireClean } from '../integration/leaks.ts';
import { until } from '../integration/until.ts';
import { type BatchBook, readBatch } from './load/batch-read.ts';
import { follow } from './load/follow.ts';
import type { Load } from './load/way.ts';
import type { Service } from './processes.ts';

/** Once all faults are over, everything accepted has ended after this long. */
export const SETTLED_WITHIN_MS = 60_000;
/** The upkeep heals what dead processes left behind within a minute, of which a restart may cost it a round. */
const CLEAN_WITHIN_MS = 100_000;
const IN_PARALLEL = 32;
/** Share of the predictions of batches that are also read alone. */
const SAMPLED = 0.1;

/**
 * Asks for the end of every accepted prediction once more, whatever was seen of it before.
 *
 * @param options.since leaves out what was accepted earlier
 */
export async function audit(
  load: Load,
  books: readonly BatchBook[],
  { since = 0 }: { since?: number } = {},
): Promise<void> {
  const deadline = performance.now() + SETTLED_WITHIN_MS;
  const rest = () => Math.max(1_000, deadline - performance.now());
  const isIn = (id: string) => load.ledger.entryOf(id).acceptedAt >= since;
  const inBatches = new Set(books.flatMap(({ ids }) => ids));
  const { random } = load.client;
  const alone = [...load.ledger.entries.keys()].filter(
    (id) => isIn(id) && (!inBatches.has(id) || random.chance(SAMPLED)),
  );
  const batches = books.filter(({ ids: [first = ''] }) => isIn(first));
  await inParallel(batches, async (book) => {
    while (!(await readBatch(load, book, 'ndjson')) && performance.now() < deadline)
      await load.client.pause();
  });
  await inParallel(alone, (id) => follow(load, id, { channel: 'audit', waitS: 10, forMs: rest() }));
}

async function inParallel<T>(items: readonly T[], task: (item: T) => Promise<void>): Promise<void> {
  const rest = items.values();
  const run = async () => {
    for (const item of rest) await task(item);
  };
  await Promise.all(Array.from({ length: IN_PARALLEL }, run));
}

/** Waits until nothing is left in Redis of what has ended. @returns what is left after all, in words; null for nothing */
export async function findLeftovers({ stack }: Service): Promise<string | null> {
  let left = '';
  const isClean = () =>
    requireClean(stack.redis, stack.prefix).then(
      () => true,
      (error: Error) => {
        left = error.message;
        return false;
      },
    );
  return until('nothing is left behind', isClean, CLEAN_WITHIN_MS).then(
    () => null,
    () => left,
  );
}
