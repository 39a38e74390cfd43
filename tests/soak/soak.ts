import { createPrivateRedis } from '@inkqueue/scripts/private-redis';
import { createInputs } from '../fuzz/inputs.ts';
import { drawSeeds } from '../fuzz/seeds/seeds.ts';
import { createStack } from '../integration/stack.ts';
import { type Met, runLoad } from './load.ts';
import { drawPictures } from './pictures.ts';
import { type Line, startSeries } from './series.ts';

/** Short, so that what Redis holds has its level within the warm-up. */
const RESULT_TTL_SECONDS = 30;

export interface Soaked {
  minutes: number;
  lines: Line[];
  met: Met;
}

/** Load on an api and a worker of their own, and what they used meanwhile. */
export async function soak(options: {
  minutes: number;
  rate: number;
  seed: number;
  workerEnv?: NodeJS.ProcessEnv;
}): Promise<Soaked> {
  const { minutes, rate, seed, workerEnv = {} } = options;
  const [pictures, seeds] = await Promise.all([drawPictures(), drawSeeds()]);
  const redis = await createPrivateRedis({ mayInstall: true });
  const stack = createStack(redis.url);
  try {
    const ttl = { RESULT_TTL_SECONDS: String(RESULT_TTL_SECONDS) };
    const [api, worker] = await Promise.all([stack.api(ttl), stack.worker(workerEnv)]);
    const met: Met = { ways: new Map(), milliseconds: [], faults: [] };
    const series = startSeries({
      api: api.pid,
      worker: worker.pid,
      redis: stack.redis,
      prefix: stack.prefix,
    });
    const inputs = createInputs({ seeds, seed });
    await runLoad({ api, pictures, inputs, met }, { seed, rate, milliseconds: 60_000 * minutes });
    const lines = await series.end();
    for (const { isRunning, tail } of [api, worker])
      if (!isRunning()) met.faults.push(`a process ended: ${tail().join('\n')}`);
    return { minutes, lines, met };
  } finally {
    await stack.close().finally(redis.remove);
  }
}
