import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isAlive } from '@inkqueue/scripts/data-dir';
import { prediction } from '@inkqueue/shared/contracts/prediction';
import getPort from 'get-port';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { digitPng } from './integration/pictures.ts';
import { type NpmStart, npmStart } from './npm-start.ts';

const READY = 'Inkqueue is ready';

describe('npm start', { timeout: 120_000 }, () => {
  let dataDir: string;
  let port: number;
  let started: NpmStart[];

  beforeEach(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'inkqueue-start-'));
    port = await getPort();
    started = [];
  });
  afterEach(async () => {
    for (const { child, ended } of started) {
      child.kill('SIGTERM');
      await ended;
    }
    rmSync(dataDir, { recursive: true });
  });

  function start(settings: Record<string, string> = {}): NpmStart {
    const run = npmStart({
      PORT: String(port),
      HOST: '127.0.0.1',
      WORKERS: '2',
      DATA_DIR: dataDir,
      ...settings,
    });
    started.push(run);
    return run;
  }

  const get = (path: string) => fetch(`http://127.0.0.1:${port}${path}`);
  const read = async (path: string) => prediction.parse(await (await get(path)).json());

  it('serves the page, the API and its docs, refuses a second start, and leaves no process behind after Ctrl-C', async () => {
    const run = start({ WORKERS: '2' });
    await run.prints(READY);
    for (const path of ['/', '/health/serving', '/ui', '/docs', '/openapi.json']) {
      expect([path, (await get(path)).status]).toEqual([path, 200]);
    }
    const processes = run.processes();
    expect(processes.map(({ name }) => name).sort()).toEqual(['api', 'redis', 'worker 1', 'worker 2']);
    expect(processes.filter(isAlive)).toHaveLength(4);

    const second = start({ PORT: String(await getPort()) });
    expect(await second.ended).toBe(1);
    expect(second.errors()).toBe(
      `inkqueue: already running (process ${run.child.pid}) at http://127.0.0.1:${port}\n`,
    );

    run.child.kill('SIGINT');
    expect(await run.ended).toBe(0);
    expect(processes.filter(isAlive)).toEqual([]);
    expect(run.errors()).toBe('');
  });

  it('keeps results over a restart, and over a kill, after which the next start ends the leftovers', async () => {
    const killed = start();
    await killed.prints(READY);
    const before = await submitAndWait();
    expect(before.status).toBe('succeeded');
    const left = killed.processes();
    killed.child.kill('SIGKILL');
    await killed.ended;

    const second = start();
    await second.prints(READY);
    expect(second.output()).toMatch(/Ended what an earlier start had left running: .*redis/);
    expect(left.filter(isAlive)).toEqual([]);
    expect(await read(before.links.self)).toEqual(before);
    second.child.kill('SIGTERM');
    expect(await second.ended).toBe(0);

    const third = start();
    await third.prints(READY);
    expect(third.output()).not.toContain('Ended');
    expect(await read(before.links.self)).toEqual(before);
  });

  it('starts a killed worker again, and a killed Redis', async () => {
    const run = start();
    await run.prints(READY);
    for (const name of ['worker 1', 'redis']) {
      process.kill(run.processes().find((each) => each.name === name)?.pid ?? 0, 'SIGKILL');
      await run.prints(`${name} is ready again`);
    }
    await vi.waitFor(async () => expect((await get('/health/serving')).status).toBe(200), 20_000);
    expect((await submitAndWait()).status).toBe('succeeded');
  });

  it('has its feedback exported from its private Redis by a command beside it', async () => {
    const feedback = () => npmStart({ DATA_DIR: dataDir }, 'feedback');
    const early = feedback();
    expect(await early.ended).toBe(1);
    expect(early.errors()).toMatch(/^inkqueue: no private Redis runs on DATA_DIR=[^\n]*\n$/);

    const run = start({ FEEDBACK: '1' });
    await run.prints(READY);
    const { id, links } = await submitAndWait();
    const given = await fetch(`http://127.0.0.1:${port}${links.feedback}`, {
      method: 'PUT',
      body: '{"digit":7}',
      headers: { 'content-type': 'application/json' },
    });
    expect(given.status).toBe(200);
    const written = feedback();
    expect(await written.ended).toBe(0);
    expect(JSON.parse(written.output())).toMatchObject({ id, digit: 7, predicted_digit: 1 });
    expect(written.errors()).toBe('');
  });

  it('starts the process that delivers where there is a secret, and refuses a malformed one', async () => {
    const refused = start({ WEBHOOK_SECRET: 'secret' });
    expect(await refused.ended).toBe(1);
    expect(refused.errors()).toContain('WEBHOOK_SECRET: must be whsec_ and 24 to 64');
    const run = start({ WEBHOOK_SECRET: `whsec_${Buffer.alloc(32).toString('base64')}` });
    await run.prints(READY);
    const names = run.processes().map(({ name }) => name);
    expect(names.sort()).toEqual(['api', 'redis', 'webhooks', 'worker 1', 'worker 2']);
  });

  it('reports that the port is taken', async () => {
    const server = createServer().listen(port, '127.0.0.1');
    await once(server, 'listening');
    const run = start();
    expect(await run.ended).toBe(1);
    server.close();
    expect(run.errors()).toMatch(new RegExp(`^inkqueue: port ${port} is taken [^\\n]*\\n$`));
    expect(existsSync(join(dataDir, 'redis'))).toBe(false);
  });

  it('reports that REDIS_URL can’t be reached, without its password', async () => {
    const run = start({ REDIS_URL: `redis://:secret@127.0.0.1:${await getPort()}` });
    expect(await run.ended).toBe(1);
    expect(run.errors()).toMatch(/^inkqueue: can't use Redis at 127\.0\.0\.1:\d+ [^\n]*\n$/);
    expect(run.errors() + run.output()).not.toContain('secret');
  });

  it('names every malformed variable, one a line', async () => {
    const run = start({ PORT: 'eighty', REDIS_URL: 'localhost:6379', WORKERS: 'many' });
    expect(await run.ended).toBe(1);
    expect(run.errors()).toMatch(
      /^inkqueue: PORT: [^\n]*\ninkqueue: WORKERS: [^\n]*\ninkqueue: REDIS_URL: [^\n]*\n$/,
    );
  });

  it('names a malformed variable of the api and of the workers', async () => {
    const run = start({ UPLOAD_MAX_BYTES: '-1', BATCH_MAX: '0' });
    expect(await run.ended).toBe(1);
    expect(run.errors()).toContain('UPLOAD_MAX_BYTES: ');
    expect(run.errors()).toContain('BATCH_MAX: ');
    expect(run.errors()).not.toMatch(/^\s+at /m);
  });

  async function submitAndWait() {
    const form = new FormData();
    form.set('file', new Blob([new Uint8Array(await digitPng(1))]), 'one.png');
    const accepted = await fetch(`http://127.0.0.1:${port}/predictions`, { method: 'POST', body: form });
    expect(accepted.status).toBe(202);
    const { links } = prediction.parse(await accepted.json());
    return read(`${links.self}?wait=10`);
  }
});
