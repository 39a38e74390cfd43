import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { launchRole } from '@inkqueue/scripts/launch';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { find, predict, submit } from './client.ts';
import { digitPng } from './pictures.ts';
import { createStack, type Stack } from './stack.ts';
import { until } from './until.ts';

// A rolling update: processes of this version and of the one before the last change of what a job holds, side by side.

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const CONTRACT = 'shared/src/contracts/job.ts';
/** Workspaces that a process needs, in the order in which they are compiled. */
const BUILT = ['shared', 'worker', 'api'];

const git = (...args: string[]) => execFileSync('git', args, { cwd: ROOT, encoding: 'utf8' }).trim();

/** The commit before the last one that changed the contract; null where the history is not there, as in a shallow clone. */
function previousCommit(): string | null {
  try {
    return git('rev-parse', '--verify', `${git('log', '-1', '--format=%H', '--', CONTRACT)}~1`);
  } catch {
    return null;
  }
}

function linkPackages(folder: string): void {
  const from = join(ROOT, folder, 'node_modules');
  if (!existsSync(from)) return;
  const to = join(old, folder, 'node_modules');
  mkdirSync(join(to, '@inkqueue'), { recursive: true });
  for (const name of readdirSync(from))
    if (name !== '@inkqueue') symlinkSync(join(from, name), join(to, name));
}

const previous = previousCommit();
let old: string;
let stack: Stack;

beforeAll(() => {
  if (!previous) return;
  old = mkdtempSync(join(tmpdir(), 'inkqueue-previous-'));
  const archive = execFileSync('git', ['archive', previous], { cwd: ROOT, maxBuffer: 1e9 });
  execFileSync('tar', ['-x', '-C', old], { input: archive });
  // As in the images: without what is for tests alone, which would have to be compiled against packages that lie elsewhere.
  for (const name of readdirSync(old, { recursive: true, encoding: 'utf8' }))
    if (/\.(test|fixture)\.tsx?$/.test(name)) rmSync(join(old, name));
  // Its own workspaces under the names by which they are imported, and the packages of this version.
  for (const folder of ['.', ...BUILT]) linkPackages(folder);
  for (const workspace of BUILT)
    symlinkSync(join(old, workspace), join(old, 'node_modules/@inkqueue', workspace));
  execFileSync(join(ROOT, 'node_modules/.bin/tsc'), ['-b', '--noCheck', ...BUILT], { cwd: old });
}, 120_000);
afterAll(() => old && rmSync(old, { recursive: true, force: true }));
beforeEach(() => {
  stack = createStack();
});
afterEach(() => stack.close());

/** Starts a process of the previous version on the stack's Redis. */
async function startOld(role: 'api' | 'worker') {
  const env = { PATH: process.env.PATH, LOG_LEVEL: 'warn', HOST: '127.0.0.1', PORT: '0' };
  const launched = launchRole(role, {
    root: old,
    env: { ...env, REDIS_URL: stack.redisUrl, QUEUE_PREFIX: stack.prefix },
  });
  const url = (await launched.untilReady(20_000)).replace('localhost', '127.0.0.1');
  return { url, stop: () => launched.stop(20_000) };
}

test.skipIf(!previous)(
  'an older api and newer workers read each other’s jobs, and older workers and a newer api do',
  async () => {
    const image = await digitPng(4);
    const read = { status: 'succeeded', result: { predicted_digit: 4, text: '4' } };

    // Taken in by the older api, read by the newer worker, fetched from both.
    const [oldApi, newWorker, newApi] = await Promise.all([startOld('api'), stack.worker(), stack.api()]);
    const first = await submit(oldApi, image);
    expect(await find(newApi, first.id, 20)).toMatchObject(read);
    expect(await find(oldApi, first.id)).toMatchObject({
      status: 'succeeded',
      result: { predicted_digit: 4 },
    });
    expect((await (await fetch(`${oldApi.url}/activity`)).json()).workers).toHaveLength(1);
    await newWorker.stop();

    // Taken in by the newer api, read by the older worker.
    const oldWorker = await startOld('worker');
    await until(
      'the older worker is seen',
      async () => (await (await fetch(`${newApi.url}/health/serving`)).json()).workers.ready === 1,
    );
    expect(await predict(newApi, image)).toMatchObject({ predicted_digit: 4 });
    const second = await submit(newApi, image);
    expect(await find(newApi, second.id, 20)).toMatchObject(read);
    await Promise.all([oldWorker.stop(), oldApi.stop()]);
  },
  60_000,
);
