import { submitBatch, untilBatchEnds } from '../load/batch-client.ts';
import type { LoadGenerator } from '../load/generator.ts';
import type { Image } from '../load/images.ts';
import { singleUpload } from '../load/multipart.ts';
import { startInkqueue } from '../stack/inkqueue.ts';
import { residentMb } from '../stack/usage.ts';
import { BATCH } from './batches.ts';
import { measure } from './sample.ts';

/** Resident memory in MB after a while of mixed load: now, and at its highest. */
export interface MemoryFigures {
  api: { now: number; peak: number };
  /** The worker with the higher peak. */
  worker: { now: number; peak: number };
}

/** Memory of the api and of a worker in steady state: each image in turn at 32 connections. */
export async function measureMemory(options: {
  images: readonly Image[];
  seconds: number;
  generator: LoadGenerator;
}): Promise<MemoryFigures> {
  const stack = await startInkqueue({});
  for (const image of options.images) {
    const load = { url: `${stack.url}/predict`, upload: singleUpload(image), connections: 32 };
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

/** Highest resident memory of the api in MB while it takes 1,000 large images in one request. */
export async function measureBatchMemory(image: Image): Promise<number> {
  const stack = await startInkqueue({ apiEnv: { UPLOAD_TIMEOUT_MS: '600000' } });
  try {
    await untilBatchEnds(stack.url, await submitBatch({ url: stack.url, image, count: BATCH }));
    return residentMb(stack.apiPid).peak;
  } finally {
    await stack.stop();
  }
}
