import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import getPort from 'get-port';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startOfProcess } from './bootstrap/process-identity.mjs';
import { claimDataDir, type Entry, readDataDir } from './data-dir.ts';
import type { Launched } from './processes/launch.ts';
import { obtainRedisBinary } from './redis/obtain-binary.ts';
import { launchPrivateRedis } from './redis/private-redis.ts';

describe('claimDataDir', () => {
  let dir: string;
  let redis: Launched;

  beforeEach(async () => {
    dir = mkdtempSync(join(tmpdir(), 'inkqueue-data-dir-'));
    const binary = await obtainRedisBinary({ mayInstall: false });
    const port = await getPort();
    redis = launchPrivateRedis({ name: 'redis', binary, dir: join(dir, 'redis'), port, durable: true });
    await redis.untilReady(5_000);
  });
  afterEach(async () => {
    await redis.kill();
    rmSync(dir, { recursive: true });
  });

  /** Leaves the lock of a start that was killed, as it was when that start had noted these processes. */
  function leaveLock(...processes: Partial<Entry>[]): void {
    const { pid } = spawnSync(process.execPath, ['--version']);
    const note = { redisUrl: 'redis://127.0.0.1:1', processes };
    writeFileSync(join(dir, 'start.lock'), JSON.stringify({ pid, started: '1', note }));
  }

  it('ends a Redis that a killed start left behind, and lets it write its log', async () => {
    leaveLock({ name: 'redis', pid: redis.pid, started: startOfProcess(redis.pid)! });
    const { ended, release } = await claimDataDir(dir);
    expect(ended).toEqual(['redis']);
    expect(await redis.ended).toBe('exit code 0');
    release();
    expect(existsSync(join(dir, 'start.lock'))).toBe(false);
  });

  it('leaves a process alone that has the pid of an ended one', async () => {
    leaveLock({ name: 'redis', pid: redis.pid, started: 'before the last boot' });
    expect((await claimDataDir(dir)).ended).toEqual([]);
    expect(redis.isRunning()).toBe(true);
  });

  it('ends nothing that a malformed note names', async () => {
    leaveLock({ name: 'redis', pid: -1, started: '1' });
    expect((await claimDataDir(dir)).ended).toEqual([]);
  });

  it.each(['', '{"pid":1}', '[{"name":"redis","pid":-1,"started":"1"}]'])(
    'ends nothing where the lock holds %j',
    async (text) => {
      const path = join(dir, 'start.lock');
      writeFileSync(path, text);
      utimesSync(path, new Date(0), new Date(0));
      expect((await claimDataDir(dir)).ended).toEqual([]);
    },
  );

  it('notes the last process under each name', async () => {
    const claimed = await claimDataDir(dir);
    claimed.noteProcess('redis', redis.pid);
    claimed.noteProcess('api', redis.pid);
    claimed.noteProcess('api', process.pid);
    const { processes } = readDataDir(dir);
    expect(processes.map(({ name, pid }) => [name, pid])).toEqual([
      ['redis', redis.pid],
      ['api', process.pid],
    ]);
  });
});
