import { readdirSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Fault } from './fault.ts';

/** `appendfsync everysec`: what is older than this is on the disk. */
const FLUSHED_AFTER_MS = 1_000;

/** The file that Redis appends to, and its size. */
function logOf(dir: string): { path: string; size: number } {
  const folder = join(dir, 'appendonlydir');
  const name = readdirSync(folder)
    .filter((file) => file.endsWith('.incr.aof'))
    .sort((a, b) => Number(a.split('.').at(-3)) - Number(b.split('.').at(-3)))
    .at(-1);
  if (!name) throw new Error(`${folder} has no log`);
  const path = join(folder, name);
  return { path, size: statSync(path).size };
}

/**
 * A power cut under `appendfsync everysec`, at its worst: Redis is killed, and its log loses all that was written in the last
 * second. A plain SIGKILL loses nothing: the kernel has the writes.
 */
export const powerCut: Fault = {
  name: 'the power fails: Redis loses its last second',
  async run({ service, ledger, random }) {
    const primary = service.redis.primary();
    const [, dir = ''] = (await service.redis.ask((client) => client.config('GET', 'dir'))) as string[];
    const span = { from: performance.now(), to: Number.POSITIVE_INFINITY };
    const flushed = logOf(dir);
    ledger.spans.cut.push(span);
    await delay(FLUSHED_AFTER_MS);
    await primary.kill();
    const atKill = logOf(dir);
    // Redis has just begun another file: then this is a plain kill.
    if (atKill.path === flushed.path) truncateSync(flushed.path, flushed.size);
    await delay(random.between(200, 1_500));
    await primary.start();
    span.to = performance.now();
  },
};
