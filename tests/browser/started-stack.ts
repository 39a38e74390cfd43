import { freePort } from '../../scripts/src/port.ts';
import { createStack } from '../integration/stack.ts';

/** The api, on a port that it keeps over restarts, and two workers. */
export interface Service {
  url: string;
  stopApi: () => Promise<void>;
  startApi: () => Promise<void>;
  close: () => Promise<void>;
}

/** Starts the api and two workers, on the test run's Redis or on the one given. */
export async function startService(redisUrl?: string): Promise<Service> {
  const stack = createStack(redisUrl);
  const startApi = async () => stack.api({ PORT: String(port) });
  const port = await freePort();
  let [api] = await Promise.all([startApi(), stack.worker(), stack.worker()]);
  return {
    url: `http://127.0.0.1:${port}`,
    stopApi: () => api.stop(),
    async startApi() {
      api = await startApi();
    },
    close: stack.close,
  };
}
