import { fileURLToPath } from 'node:url';
import type { LoadGenerator } from '../load/generator.ts';
import type { Upload } from '../load/multipart.ts';
import { startInkqueue } from '../stack/inkqueue.ts';
import { measure } from './sample.ts';
import { median } from './statistics.ts';

const SLEEP_MS = 20;

export interface ScalingPoint {
  workers: number;
  /** Jobs a second, each repeat. */
  rates: number[];
}

/** Waiting requests for each worker: there is always a next job, and never a long queue. */
const CONNECTIONS_PER_WORKER = 4;

/** Jobs a second by number of workers, where each job sleeps and each worker runs one job at a time. */
export async function measureScaling(options: {
  workers: readonly number[];
  upload: Upload;
  seconds: number;
  repeats: number;
  generator: LoadGenerator;
  progress: (line: string) => void;
}): Promise<ScalingPoint[]> {
  const { upload, seconds, repeats, generator, progress } = options;
  const points: ScalingPoint[] = [];
  for (const workers of options.workers) {
    const stack = await startInkqueue({
      workers,
      workerEnv: { CONCURRENCY: '1', BATCH_MAX: '1', BENCH_SLEEP_MS: String(SLEEP_MS) },
      preload: { worker: fileURLToPath(new URL('sleeping-network.js', import.meta.url)) },
    });
    const load = { url: `${stack.url}/predict`, upload, connections: CONNECTIONS_PER_WORKER * workers };
    await measure(generator, stack, { ...load, seconds: 1 });
    const rates: number[] = [];
    for (let repeat = 0; repeat < repeats; repeat++) {
      rates.push((await measure(generator, stack, { ...load, seconds })).rate);
    }
    await stack.stop();
    points.push({ workers, rates });
    progress(
      `${workers} sleeping ${workers === 1 ? 'worker' : 'workers'}: ${median(rates).toFixed(1)} jobs/s`,
    );
  }
  return points;
}
