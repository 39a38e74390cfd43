import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Upload } from './multipart.ts';
import type { OpenLoopResult } from './send-on-schedule.ts';

/** Requests at a rate that does not depend on the responses. */
export interface OpenLoopStep {
  url: string;
  upload: Upload;
  /** Requests a second. */
  rate: number;
  seconds: number;
  /** Not 0; the same seed sends at the same times. */
  seed: number;
  /** Gives up once the 99th percentile of the latencies, in milliseconds, cannot stay below this; null never gives up. */
  limitMs: number | null;
}

export type OpenLoopGenerator = ReturnType<typeof startOpenLoopGenerator>;

/** Starts a thread that sends requests and does nothing else, so that its event loop is always free to send. */
export function startOpenLoopGenerator() {
  const thread = new Worker(new URL('open-loop-thread.js', import.meta.url));
  return {
    async run(step: OpenLoopStep): Promise<OpenLoopResult> {
      thread.postMessage(step);
      const [result] = await once(thread, 'message');
      return result;
    },
    stop: async () => void (await thread.terminate()),
  };
}
