import { afterEach, beforeEach, expect, test } from 'vitest';
import { find, submit } from '../integration/client.ts';
import { digitPng } from '../integration/pictures.ts';
import type { Running } from '../integration/processes.ts';
import { createStack, type Stack } from '../integration/stack.ts';
import { until } from '../integration/until.ts';

let stack: Stack;
beforeEach(() => {
  stack = createStack();
});
afterEach(() => stack.close());

const MAX = 3;
/** The chart's values in seconds, a twentieth of them here: activation, target, polling interval and cooldown. */
const [ACTIVATION, TARGET, POLL_MS, COOLDOWN_MS] = [0.05, 0.5, 100, 1_000];

/**
 * What KEDA and the autoscaler do with the metrics-api scaler: above the activation the first worker starts; from then on there are
 * as many as the value holds targets, at most MAX; and at the activation or below for the whole cooldown, all stop.
 */
function startScaler(api: { url: string }) {
  const workers: Running[] = [];
  const counts: number[] = [];
  let activeAt = performance.now();
  let isEnded = false;

  async function step(): Promise<void> {
    const { queue } = await (await fetch(`${api.url}/`)).json();
    const value: number = queue.oldest_waiting_seconds;
    if (value > ACTIVATION) activeAt = performance.now();
    const isCold = performance.now() - activeAt > COOLDOWN_MS;
    const wanted = isCold
      ? 0
      : Math.min(MAX, Math.max(value > ACTIVATION ? 1 : workers.length, Math.ceil(value / TARGET)));
    while (workers.length < wanted) workers.push(await stack.worker());
    if (isCold) await Promise.all(workers.splice(0).map((worker) => worker.stop()));
    if (counts.at(-1) !== workers.length) counts.push(workers.length);
  }

  const ended = (async () => {
    while (!isEnded) {
      await step();
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
  })();
  return {
    counts,
    async end(): Promise<void> {
      isEnded = true;
      await ended;
    },
  };
}

test('scaled by how long the oldest picture waits, workers go from none to some and back, and every picture is read', async () => {
  const api = await stack.api();
  const scaler = startScaler(api);
  try {
    for (const [round, digit] of ([4, 7] as const).entries()) {
      const image = await digitPng(digit);
      // No worker runs, and the api takes pictures in all the same.
      expect((await fetch(`${api.url}/health/ready`)).status).toBe(200);
      const ids = await Promise.all(Array.from({ length: 60 }, async () => (await submit(api, image)).id));
      const ends = await Promise.all(ids.map((id) => find(api, id, 40)));
      expect(ends.every(({ result }) => result?.predicted_digit === digit)).toBe(true);
      // The scaler may still be starting workers when the first of them has read everything.
      const runs = () => scaler.counts.filter((count, i, all) => count > 0 && all[i - 1] === 0).length;
      await until(
        'workers have run, and all have stopped',
        async () => runs() > round && scaler.counts.at(-1) === 0,
        20_000,
      );
    }
  } finally {
    await scaler.end();
  }
}, 120_000);
