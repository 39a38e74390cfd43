import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UserError } from '@inkqueue/shared/node/user-error';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startOfProcess } from '../bootstrap/process-identity.mjs';
import { launch } from './launch.ts';
import { type Role, type Supervised, supervise } from './supervise.ts';

const GOOD = `
  process.on('SIGTERM', () => process.exit(0));
  process.on('disconnect', () => process.exit(0));
  process.send({ type: 'ready' });
`;
const MALFORMED_SETTING = `process.stderr.write('inkqueue worker: BATCH_MAX: too small\\n'); process.exit(1);`;
const NEVER_READY = `setInterval(() => {}, 1e6);`;
const DEAF_TO_SIGTERM = `setInterval(() => {}, 1e6); process.on('SIGTERM', () => {}); process.send({ type: 'ready' });`;
const DIES_ONCE_READY = `process.send({ type: 'ready' }, () => process.exit(3));`;

describe('supervise', () => {
  let dir: string;
  let pids: number[];
  let supervised: Supervised;

  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'inkqueue-supervise-'));
    pids = [];
    vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  });
  afterEach(async () => {
    await supervised.stop();
    await vi.waitFor(() => expect(pids.filter((pid) => startOfProcess(pid) !== null)).toEqual([]));
    vi.restoreAllMocks();
    rmSync(dir, { recursive: true });
  });

  function create(script: string, settings: Partial<Role> = {}): Supervised {
    const path = join(dir, 'process.mjs');
    writeFileSync(path, script);
    const args = [path];
    supervised = supervise(
      {
        name: 'worker 1',
        launch: () => launch({ name: 'worker 1', program: process.execPath, args, env: {}, ipc: true }),
        readyTimeoutMs: 5_000,
        stopTimeoutMs: 5_000,
        ...settings,
      },
      { onLaunch: (_name, pid) => pids.push(pid) },
    );
    return supervised;
  }

  it('starts a killed process again', async () => {
    await create(GOOD).start();
    process.kill(pids[0] ?? 0, 'SIGKILL');
    await vi.waitFor(() => expect(pids).toHaveLength(2), 5_000);
    expect(startOfProcess(pids[1] ?? 0)).not.toBeNull();
  });

  it('stops a process and does not start it again', async () => {
    await create(GOOD).start();
    expect(await supervised.stop()).toEqual({ forced: false });
    expect(startOfProcess(pids[0] ?? 0)).toBeNull();
    expect(pids).toHaveLength(1);
  });

  it('kills a process that does not stop in time', async () => {
    await create(DEAF_TO_SIGTERM, { stopTimeoutMs: 100 }).start();
    expect(await supervised.stop()).toEqual({ forced: true });
  });

  it('passes on the last words of a process that fails at once, and does not retry', async () => {
    await expect(create(MALFORMED_SETTING).start()).rejects.toThrow(
      new UserError('inkqueue worker: BATCH_MAX: too small'),
    );
    expect(pids).toHaveLength(1);
  });

  it('kills a process that never becomes ready', async () => {
    await expect(create(NEVER_READY, { readyTimeoutMs: 200 }).start()).rejects.toThrow(
      'not ready after 0.2 s',
    );
  });

  it('reports that there is no such program', async () => {
    await expect(create('', { launch: () => missingProgram() }).start()).rejects.toThrow('ENOENT');
  });

  it('starts a process that dies again and again, with longer pauses', async () => {
    await create(DIES_ONCE_READY).start();
    await vi.waitFor(() => expect(pids).toHaveLength(5), 10_000);
    const printed = vi.mocked(process.stdout.write).mock.calls.map(([text]) => String(text));
    const pauses = printed.flatMap(
      (text) => /exit code 3\); starting it again in ([\d.]+) s/.exec(text)?.[1] ?? [],
    );
    expect(pauses.slice(0, 4)).toEqual(['0.2', '0.4', '0.8', '1.6']);
  });

  function missingProgram() {
    return launch({ name: 'worker 1', program: join(dir, 'no-such-program'), args: [] });
  }
});
