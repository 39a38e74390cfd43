import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Launched, launch } from '@inkqueue/scripts/launch';
import { createPrivateRedis, type Fsync } from '@inkqueue/scripts/private-redis';
import { UserError } from '@inkqueue/shared/node/user-error';

const READY_TIMEOUT_MS = 30_000;
/** Redis runs for a share of each of these periods, where it is held back. */
const HOLD_PERIOD_MS = 20;

export interface QueueLoad {
  image: Buffer;
  /** 1, or a full job. */
  picturesPerJob: number;
  /** Jobs in the queue at any moment. */
  jobs: number;
  workers: number;
  /** Apis that read the queue's events; the first of them submits all jobs. */
  readers: number;
  fsync: Fsync;
  /** Share of the time in which Redis may run: below 1, it is the bottleneck, however slow its clients are. */
  share: number;
}

/** A Redis, apis without HTTP and workers without a network. */
export async function startQueue(load: QueueLoad) {
  const redis = await createPrivateRedis({ mayInstall: true, fsync: load.fsync });
  const dir = mkdtempSync(join(tmpdir(), 'inkqueue-bench-redis-'));
  const file = join(dir, 'image');
  writeFileSync(file, load.image);
  const start = (name: 'producer' | 'consumer', jobs = 0) =>
    launch({
      name,
      program: process.execPath,
      args: [fileURLToPath(new URL(`${name}.js`, import.meta.url))],
      ipc: true,
      env: {
        ...process.env,
        NODE_ENV: 'production',
        REDIS_URL: redis.url,
        BENCH_IMAGE: file,
        BENCH_PICTURES: String(load.picturesPerJob),
        BENCH_JOBS: String(jobs),
      },
    });
  const ready = async (launched: Launched[]) =>
    void (await Promise.all(launched.map((each) => each.untilReady(READY_TIMEOUT_MS))));
  const consumers = Array.from({ length: load.workers }, () => start('consumer'));
  await ready(consumers);
  const readers = Array.from({ length: load.readers - 1 }, () => start('producer'));
  await ready(readers);
  const producer = start('producer', load.jobs);
  await ready([producer]);
  const held = load.share < 1 ? setInterval(hold, HOLD_PERIOD_MS) : undefined;

  function hold(): void {
    redis.freeze();
    setTimeout(redis.thaw, HOLD_PERIOD_MS * (1 - load.share));
  }

  const processes = [producer, ...readers, ...consumers];
  return {
    redisUrl: redis.url,
    readerPids: readers.map(({ pid }) => pid),
    groups: [redis.pid(), ...processes.map(({ pid }) => pid)],
    /** @throws UserError with the last words of a process that has ended */
    check(): void {
      const ended = processes.find((each) => !each.isRunning());
      if (ended) throw new UserError(`a process ended:\n${ended.tail().join('\n')}`);
    },
    async stop(): Promise<void> {
      clearInterval(held);
      await Promise.all(processes.map((each) => each.kill()));
      await redis.remove();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
