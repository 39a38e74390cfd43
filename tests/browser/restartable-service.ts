import getPort from 'get-port';
import type { Running } from '../integration/processes.ts';
import { createStack } from '../integration/stack.ts';

/** The api, on a port that stays the same over restarts, and two workers. */
export interface Service {
  url: string;
  stopApi: () => Promise<void>;
  startApi: () => Promise<void>;
  startWorker: () => Promise<void>;
  stopWorkers: () => Promise<void>;
  close: () => Promise<void>;
}

/** Starts the api with the additional `env`, and two workers, on the test run's Redis or on the given one. */
export async function startService(redisUrl?: string, env: NodeJS.ProcessEnv = {}): Promise<Service> {
  const stack = createStack(redisUrl);
  const startApi = async () => stack.api({ ...env, PORT: String(port) });
  const port = await getPort();
  let workers: Running[];
  let api: Running;
  [api, ...workers] = await Promise.all([startApi(), stack.worker(), stack.worker()]);
  return {
    url: `http://127.0.0.1:${port}`,
    stopApi: () => api.stop(),
    async startApi() {
      api = await startApi();
    },
    async startWorker() {
      workers.push(await stack.worker());
    },
    async stopWorkers() {
      await Promise.all(workers.map((worker) => worker.stop()));
      workers = [];
    },
    close: stack.close,
  };
}
