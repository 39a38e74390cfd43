import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startOfProcess } from '../bootstrap/process-identity.mjs';
import { freePort } from '../port.ts';
import { obtainRedisBinary } from '../redis/obtain-binary.ts';
import { launchPrivateRedis } from '../redis/private-redis.ts';
import { waitForRedis } from '../redis/probe.ts';
import type { Launched } from './launch.ts';
import { endOrphans, openProcessRecord } from './record.ts';

describe('endOrphans', () => {
  let dir: string;
  let path: string;
  let redis: Launched;

  beforeEach(async () => {
    dir = mkdtempSync(join(tmpdir(), 'inkqueue-record-'));
    path = join(dir, 'processes.json');
    const binary = await obtainRedisBinary({ path: process.env.PATH ?? '', mayInstall: false });
    const port = await freePort();
    redis = launchPrivateRedis({ binary, dir: join(dir, 'redis'), port, durable: true });
    await waitForRedis(port, new Promise(() => {}));
  });
  afterEach(async () => {
    if (redis.isRunning()) redis.child.kill('SIGKILL');
    await redis.ended;
    rmSync(dir, { recursive: true });
  });

  it('ends a Redis that its supervisor left behind, letting it write its log', async () => {
    openProcessRecord(path).note('redis', redis.pid);
    expect(await endOrphans(path, 'redis')).toEqual(['redis']);
    expect(await redis.ended).toBe('exit code 0');
    expect(existsSync(path)).toBe(false);
  });

  it('leaves a process alone that has got the pid of an ended one', async () => {
    writeFileSync(path, JSON.stringify([{ name: 'redis', pid: redis.pid, started: 'before the last boot' }]));
    expect(await endOrphans(path, 'redis')).toEqual([]);
    expect(startOfProcess(redis.pid)).not.toBeNull();
  });

  it.each(['', '{"pid":1}', '[{"name":"redis","pid":-1,"started":"1"}]'])(
    'ends nothing on the word of %j',
    async (text) => {
      writeFileSync(path, text);
      expect(await endOrphans(path, 'redis')).toEqual([]);
    },
  );
});
