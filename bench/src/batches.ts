import { batchEnd, batchProgress, NoBatchesError, submitBatch } from './batch-client.ts';
import { type InkqueueStack, startInkqueue } from './inkqueue-stack.ts';
import type { LoadGenerator } from './load.ts';
import { measure } from './measure.ts';
import { singleUpload } from './multipart.ts';
import type { Picture } from './pictures.ts';
import { settle } from './processes.ts';

export interface BatchFigures {
  /** Pictures a second of batches of 1,000, from the first byte sent to the last answer known, each repeat. */
  rates: number[];
  /** p99 of `POST /predict` at one connection, in milliseconds: without other load, and while a backlog drains. */
  p99: { unloaded: number; underBacklog: number; backlogLeft: number };
}

export const BATCH = 1_000;
const BACKLOG_BATCHES = 10;

/** Batches through `POST /batches`. Null where the service has no such route. */
export async function measureBatches(options: {
  picture: Picture;
  seconds: number;
  repeats: number;
  generator: LoadGenerator;
  progress: (line: string) => void;
}): Promise<BatchFigures | null> {
  const { picture, progress } = options;
  const stack = await startInkqueue({ apiEnv: { QUEUE_MAX_COUNT: '100000' } });
  try {
    const rates: number[] = [];
    // The first one warms up.
    for (let repeat = 0; repeat <= options.repeats; repeat++) {
      const start = performance.now();
      await batchEnd(stack.url, await submitBatch({ url: stack.url, picture, count: BATCH }));
      if (repeat > 0) rates.push((1000 * BATCH) / (performance.now() - start));
    }
    progress(`batches of ${BATCH}: ${rates.map((rate) => rate.toFixed(0)).join(', ')} pictures/s`);
    await settle(stack.groups);
    const p99 = await measureBacklog({ ...options, stack });
    progress(`p99 of /predict: ${p99.unloaded} ms unloaded, ${p99.underBacklog} ms under a backlog`);
    return { rates, p99 };
  } catch (err) {
    if (!(err instanceof NoBatchesError)) throw err;
    progress(`batches are not measured: ${err.message}`);
    return null;
  } finally {
    await stack.stop();
  }
}

async function measureBacklog(options: {
  stack: InkqueueStack;
  picture: Picture;
  seconds: number;
  generator: LoadGenerator;
}): Promise<BatchFigures['p99']> {
  const { stack, picture, seconds, generator } = options;
  const { url, groups } = stack;
  const single = { url: `${url}/predict`, upload: singleUpload(picture), connections: 1, seconds };
  const unloaded = await measure(generator, { groups }, single);
  const ids: string[] = [];
  // Workers read faster than one client sends: halted until all is there, they have a backlog to drain.
  for (const pid of stack.workerPids) process.kill(pid, 'SIGSTOP');
  for (let i = 0; i < BACKLOG_BATCHES; i++) ids.push(await submitBatch({ url, picture, count: BATCH }));
  for (const pid of stack.workerPids) process.kill(pid, 'SIGCONT');
  // Short enough to end while there is a backlog: what is left of it says so.
  const underBacklog = await generator.run({ ...single, seconds: 1 });
  const left = await Promise.all(ids.map((id) => batchProgress(url, id)));
  await Promise.all(ids.map((id) => batchEnd(url, id)));
  return {
    unloaded: unloaded.p99,
    underBacklog: underBacklog.p99,
    backlogLeft: left.reduce((sum, { pending }) => sum + pending, 0),
  };
}
