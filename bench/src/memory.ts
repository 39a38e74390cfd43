import { batchEnd, NoBatchesError, submitBatch } from './batch-client.ts';
import { BATCH } from './batches.ts';
import { startInkqueue } from './inkqueue-stack.ts';
import type { LoadGenerator } from './load.ts';
import { measure } from './measure.ts';
import { singleUpload } from './multipart.ts';
import type { Picture } from './pictures.ts';
import { residentMb } from './usage.ts';

/** Resident memory in MB after a while of mixed load: now, and at its highest. */
export interface MemoryFigures {
  api: { now: number; peak: number };
  /** The worker with the higher peak. */
  worker: { now: number; peak: number };
}

/** Memory of the api and of a worker in steady state: each picture in turn at 32 connections. */
export async function measureMemory(options: {
  pictures: readonly Picture[];
  seconds: number;
  generator: LoadGenerator;
}): Promise<MemoryFigures> {
  const stack = await startInkqueue({});
  for (const picture of options.pictures) {
    const load = { url: `${stack.url}/predict`, upload: singleUpload(picture), connections: 32 };
    await measure(options.generator, stack, { ...load, seconds: options.seconds });
  }
  const workers = stack.workerPids.map(residentMb);
  const figures = {
    api: residentMb(stack.apiPid),
    worker: workers.reduce((a, b) => (b.peak > a.peak ? b : a)),
  };
  await stack.stop();
  return figures;
}

/**
 * Highest resident memory of the api in MB while it takes 1,000 large pictures in one request. Null where there is no
 * `POST /batches`.
 */
export async function measureBatchMemory(picture: Picture): Promise<number | null> {
  const stack = await startInkqueue({ apiEnv: { UPLOAD_TIMEOUT_MS: '600000' } });
  try {
    await batchEnd(stack.url, await submitBatch({ url: stack.url, picture, count: BATCH }));
    return residentMb(stack.apiPid).peak;
  } catch (err) {
    if (!(err instanceof NoBatchesError)) throw err;
    return null;
  } finally {
    await stack.stop();
  }
}
