import getPort from 'get-port';
import { createStack } from '../integration/stack.ts';
import type { Ledger } from './ledger.ts';
import { startRedis } from './redis.ts';
import { createSlot, type Slot } from './slot.ts';

/** Results stay until the audit, whatever their number; the workers keep failed images for a retry. */
const KEEP = { RESULT_TTL_SECONDS: '86400', RESULT_MAX_COUNT: '10000000' };

export type Service = Awaited<ReturnType<typeof startService>>;

/** The real processes: apis on ports that they keep over restarts, workers, and a Redis behind an address. */
export async function startService(options: {
  apis: number;
  workers: number;
  workerEnv: NodeJS.ProcessEnv;
  ledger: Ledger;
}) {
  const { ledger, workerEnv } = options;
  const redis = await startRedis();
  const stack = createStack(redis.url);
  const onEnd = (text: string) => ledger.offences.push(text);
  const ports = await Promise.all(Array.from({ length: options.apis }, () => getPort()));
  const apis = ports.map((port, i) => ({
    url: `http://127.0.0.1:${port}`,
    slot: createSlot({
      name: `api ${i + 1}`,
      launch: (env) => stack.api({ ...KEEP, PORT: String(port), ...env }),
      onEnd,
    }),
  }));
  const workers: Slot[] = Array.from({ length: options.workers }, (_, i) =>
    createSlot({ name: `worker ${i + 1}`, launch: (env) => stack.worker({ ...workerEnv, ...env }), onEnd }),
  );
  await Promise.all([...apis.map(({ slot }) => slot.start()), ...workers.map((slot) => slot.start())]);
  return {
    redis,
    stack,
    apis,
    workers,
    /** Stops everything. @throws Error when a process does not end cleanly, or something was left behind */
    async close(): Promise<void> {
      try {
        await Promise.all(workers.map((slot) => slot.stop()));
        await Promise.all(apis.map(({ slot }) => slot.stop()));
        await stack.close();
      } finally {
        await redis.remove();
      }
    },
  };
}
