import type { Picture } from '../pictures.ts';
import { batchWays } from './batch.ts';
import type { BatchBook } from './batch-read.ts';
import { endingWays } from './ending.ts';
import { eventWays } from './events.ts';
import { keyedWays } from './keyed.ts';
import { pollWays } from './poll.ts';
import { predictWays } from './predict.ts';
import { socketWays } from './sockets.ts';
import type { Load } from './way.ts';

/** With more in flight, the times of recovery would say how long the queue is. */
const OPEN_MAX = 300;

/** A file that the api refuses where it comes alone: nothing would be accepted. */
const isForBatches = ({ state }: Picture) => state === 'failed unsupported-format';

/** Chooses the pictures of the load. */
export function choosePictures(
  pictures: readonly Picture[],
  random: Load['client']['random'],
): Load['anyPicture'] {
  const single = pictures.filter((picture) => !isForBatches(picture));
  const light = pictures.filter(({ name }) => name !== 'a heavy page');
  return ({ many = false } = {}) => random.weighted(many ? light : single);
}

/** Clients that submit, one thing after the other, until `isOver`. Resolves once each has followed its last to the end. */
export async function runLoad(
  load: Load,
  options: { clients: number; books: BatchBook[]; isOver: () => boolean },
): Promise<void> {
  const { clients, books, isOver } = options;
  const ways = [
    ...predictWays,
    ...pollWays,
    ...keyedWays,
    ...endingWays,
    ...eventWays,
    ...socketWays,
    ...batchWays(books),
  ];
  const run = async () => {
    while (!isOver()) {
      if (load.ledger.open.size > OPEN_MAX) await load.client.pause();
      else await load.client.random.weighted(ways).run(load);
    }
  };
  await Promise.all(Array.from({ length: clients }, run));
}
