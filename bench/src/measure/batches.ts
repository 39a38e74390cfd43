import { pendingOfBatch, submitBatch, untilBatchEnds } from '../load/batch-client.ts';
import type { LoadGenerator } from '../load/generator.ts';
import type { Image } from '../load/images.ts';
import { singleUpload } from '../load/multipart.ts';
import { type InkqueueStack, startInkqueue } from '../stack/inkqueue.ts';
import { settle } from '../stack/processes.ts';
import { measure } from './sample.ts';

export interface BatchFigures {
  /** Images a second of batches of 1,000, from the first byte that the client sends to the last result, each repeat. */
  rates: number[];
  /** p99 of `POST /predict` at one connection, in milliseconds: without other load, and while a backlog drains. */
  p99: { unloaded: number; underBacklog: number; backlogLeft: number };
}

export const BATCH = 1_000;
const BACKLOG_BATCHES = 10;
/** V8 goes on compiling for as many: the first batch takes three times as long as the twentieth. The bare loop warms up too. */
const WARM_UP_BATCHES = 20;

/** Batches through `POST /batches`, and `POST /predict` beside them. */
export async function measureBatches(options: {
  image: Image;
  seconds: number;
  repeats: number;
  generator: LoadGenerator;
  progress: (line: string) => void;
}): Promise<BatchFigures> {
  const { image, progress } = options;
  const stack = await startInkqueue({ apiEnv: { QUEUE_MAX_COUNT: '100000' } });
  try {
    const rates: number[] = [];
    const once = async () =>
      untilBatchEnds(stack.url, await submitBatch({ url: stack.url, image, count: BATCH }));
    for (let i = 0; i < WARM_UP_BATCHES; i++) await once();
    for (let repeat = 0; repeat < options.repeats; repeat++) {
      const start = performance.now();
      await once();
      rates.push((1000 * BATCH) / (performance.now() - start));
    }
    progress(`batches of ${BATCH}: ${rates.map((rate) => rate.toFixed(0)).join(', ')} images/s`);
    await settle(stack.groups);
    const p99 = await measureBacklog({ ...options, stack });
    progress(`p99 of /predict: ${p99.unloaded} ms unloaded, ${p99.underBacklog} ms under a backlog`);
    return { rates, p99 };
  } finally {
    await stack.stop();
  }
}

async function measureBacklog(options: {
  stack: InkqueueStack;
  image: Image;
  seconds: number;
  generator: LoadGenerator;
}): Promise<BatchFigures['p99']> {
  const { stack, image, seconds, generator } = options;
  const { url, groups } = stack;
  const single = { url: `${url}/predict`, upload: singleUpload(image), connections: 1, seconds };
  const unloaded = await measure(generator, { groups }, single);
  const ids: string[] = [];
  // Workers are faster than one client: halted until every image is queued, they have a backlog to drain.
  for (const pid of stack.workerPids) process.kill(pid, 'SIGSTOP');
  for (let i = 0; i < BACKLOG_BATCHES; i++) ids.push(await submitBatch({ url, image, count: BATCH }));
  for (const pid of stack.workerPids) process.kill(pid, 'SIGCONT');
  // Short enough to end while there is a backlog: the report shows how much of it was left.
  const underBacklog = await generator.run({ ...single, seconds: 1 });
  const left = await Promise.all(ids.map((id) => pendingOfBatch(url, id)));
  await Promise.all(ids.map((id) => untilBatchEnds(url, id)));
  return {
    unloaded: unloaded.p99,
    underBacklog: underBacklog.p99,
    backlogLeft: left.reduce((sum, pending) => sum + pending, 0),
  };
}
