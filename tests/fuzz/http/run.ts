import { createPrivateRedis } from '@inkqueue/scripts/private-redis';
import { predict } from '../../integration/client.ts';
import { type Digit, digitPng } from '../../integration/pictures.ts';
import { createStack, type Stack } from '../../integration/stack.ts';
import { until } from '../../integration/until.ts';
import { lineThrough, type Sample } from '../../soak/flat.ts';
import { usageOf } from '../../soak/usage.ts';
import type { Inputs } from '../inputs.ts';
import type { Seed } from '../seeds/seed.ts';
import { checkEnds } from './ends.ts';
import { type Response, send } from './send.ts';
import { createShots, shotRecipe } from './shots.ts';
import { isRight, WORDS } from './verdict.ts';

const CLIENTS = 6;
const SAMPLE_EVERY = 25;
/** Requests, of which fewer cannot tell growth: a worker has its level after some thousands of pictures, and half get that far. */
const COUNT_MIN = 10_000;
const WARM_UP_SHARE = 0.4;
/** Growth of resident memory over the rest that is called none. */
const GROWTH_MAX_BYTES = 48_000_000;
const IDLE_WITHIN_MS = 300_000;
/** What the api waits for is bounded well below the bound of a request. */
const API_ENV = { UPLOAD_TIMEOUT_MS: '2000', PREDICT_MAX_WAIT_SECONDS: '15' };

export interface HttpResult {
  count: number;
  seconds: number;
  statuses: Map<number, number>;
  slowest: { milliseconds: number; recipe: string };
  memory: Record<'api' | 'worker', { level: number; peak: number; growth: number | null }>;
  faults: string[];
}

const id = /"id":"([0-9a-f-]{36})"/;

/** Requests of mutated pictures and bodies to a real api and worker. */
export async function fuzzHttp(
  run: { seed: number; from: number; to: number; inputs: Inputs; seeds: readonly Seed[] },
  say: (line: string) => void,
): Promise<HttpResult> {
  const { seed, from, to } = run;
  // Before the stack: the pictures that tell whether the service still reads.
  const digits = await Promise.all(
    ([0, 1, 2, 3, 4, 5, 6, 7, 8, 9] as Digit[]).map((value) => digitPng(value)),
  );
  const redis = await createPrivateRedis({ durable: false, mayInstall: true });
  const stack = createStack(redis.url);
  try {
    const [api, worker] = await Promise.all([stack.api(API_ENV), stack.worker()]);
    const shots = createShots(run);
    const recipe = (index: number) => shotRecipe(seed, index, shots.at(index));
    const statuses = new Map<number, number>();
    const samples: Record<'api' | 'worker', Sample[]> = { api: [], worker: [] };
    const accepted = new Map<string, { path: string; index: number }>();
    const faults: string[] = [];
    let slowest = { milliseconds: 0, index: from };
    let next = from;

    function note(index: number, response: Response): void {
      const { status, text, milliseconds } = response;
      const shot = shots.at(index);
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      if (!isRight(shot, status))
        faults.push(`${recipe(index)}\n${WORDS[status] ?? status}: ${text.slice(0, 1_000)}`);
      if (to - from === 1) say(text);
      if (milliseconds > slowest.milliseconds) slowest = { milliseconds, index };
      const accept = status === 202 || status === 200 ? id.exec(text)?.[1] : null;
      if (accept) accepted.set(accept, { path: shot.path, index });
    }
    async function shoot(): Promise<void> {
      while (next < to) {
        const index = next++;
        note(index, await send(api.url, shots.at(index)));
        if (index % 500 === 499) say(`${index + 1 - from} requests, ${faults.length} faults`);
        if (index % SAMPLE_EVERY !== 0) continue;
        for (const [role, { pid }] of Object.entries({ api, worker }) as ['api' | 'worker', typeof api][])
          samples[role].push({ at: index, value: usageOf(pid)?.rss ?? 0 });
      }
    }
    const start = performance.now();
    await Promise.all(Array.from({ length: CLIENTS }, shoot));
    const seconds = (performance.now() - start) / 1_000;

    await untilIdle(api, stack);
    faults.push(...(await checkEnds(api, accepted, recipe)));
    for (const [value, image] of digits.entries()) {
      const { predicted_digit } = await predict(api, image);
      if (predicted_digit !== value) faults.push(`afterwards a ${value} is read as ${predicted_digit}`);
    }
    const memory = { api: levelOf(samples.api, api.pid), worker: levelOf(samples.worker, worker.pid) };
    for (const [role, { growth }] of Object.entries(memory)) {
      if (to - from >= COUNT_MIN && growth !== null && growth > GROWTH_MAX_BYTES)
        faults.push(`the ${role}’s memory grows: ${Math.round(growth / 1e6)} MB`);
    }
    for (const { isRunning, tail } of [api, worker])
      if (!isRunning()) faults.push(`a process ended: ${tail().join('\n')}`);
    return {
      count: to - from,
      seconds,
      statuses,
      slowest: { milliseconds: slowest.milliseconds, recipe: recipe(slowest.index) },
      memory,
      faults,
    };
  } finally {
    // It also checks that nothing is left behind in Redis.
    await stack.close().finally(redis.remove);
  }
}

const untilIdle = (api: { url: string }, stack: Stack) =>
  until(
    `the queue of ${stack.prefix} is empty`,
    async () => {
      const { queue } = (await (await fetch(api.url)).json()) as { queue: { pictures: number } };
      return queue.pictures === 0;
    },
    IDLE_WITHIN_MS,
  );

function levelOf(
  samples: readonly Sample[],
  pid: number,
): { level: number; peak: number; growth: number | null } {
  const settled = samples.slice(Math.floor(samples.length * WARM_UP_SHARE));
  const { middle, growth } = lineThrough(settled);
  return {
    level: middle,
    peak: usageOf(pid)?.peak ?? 0,
    growth: settled.length > 1 ? growth : null,
  };
}
