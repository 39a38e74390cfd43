import { constants, setPriority } from 'node:os';
import { parentPort } from 'node:worker_threads';
import { poissonArrivals } from './arrivals.ts';
import { requestBytes } from './http-connection.ts';
import type { OpenLoopStep } from './open-loop.ts';
import { sendOnSchedule } from './send-on-schedule.ts';

/** Clients would be on another machine: where this is permitted, services that need every core don't hold the generator up. */
function goFirst(): void {
  try {
    // On Linux, 0 is the calling thread.
    setPriority(0, constants.priority.PRIORITY_HIGH);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ERR_SYSTEM_ERROR')) throw error;
  }
}

goFirst();
parentPort?.on('message', async ({ url, upload, limitMs, ...load }: OpenLoopStep) => {
  const target = new URL(url);
  const request = requestBytes(target, upload);
  parentPort?.postMessage(
    await sendOnSchedule({ url: target, request, due: poissonArrivals(load), limitMs }),
  );
});
