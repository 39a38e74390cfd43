import { type ComposeStack, createComposeStack } from '@inkqueue/scripts/compose-stack';
import { predictResponse, readiness } from '@inkqueue/shared/contracts/api';
import { type Prediction, prediction } from '@inkqueue/shared/contracts/prediction';
import { QUEUE_NAME } from '@inkqueue/shared/node/queue';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFailed, vi } from 'vitest';
import { digitPng, heavyPage } from '../integration/pictures.ts';
import { jobOf } from '../integration/queue.ts';

const WORKERS = 3;
const START_MS = 120_000;
/** Docker opens a port before its container listens: a connection may hang until then. */
const POLL_MS = 5_000;

/** BullMQ's record in Redis: field `pb` of a job's hash names the worker that took the job. */
const TAKERS = `local takers = {}
for i, key in ipairs(KEYS) do takers[i] = redis.call('HGET', key, 'pb') end
return takers`;

describe('docker compose up --build --scale worker=3', () => {
  let stack: ComposeStack;
  let redis: string;
  let api: string;
  let workers: string[];
  let image: Buffer;

  beforeAll(async () => {
    stack = await createComposeStack();
    await stack.compose('up', '--build', '--detach', '--scale', `worker=${WORKERS}`);
    [redis = '', api = ''] = [...(await stack.containers('redis')), ...(await stack.containers('api'))];
    workers = await stack.containers('worker');
    image = await digitPng(7);
  });
  beforeEach(() => {
    onTestFailed(async () => {
      process.stderr.write(await stack.compose('logs', '--tail', '40'));
    });
  });
  afterAll(() => stack?.remove());

  const get = (path: string) => fetch(`${stack.url}${path}`);
  const getReady = () => fetch(`${stack.url}/health/serving`, { signal: AbortSignal.timeout(POLL_MS) });
  const read = async (path: string) => prediction.parse(await (await get(path)).json());

  function upload(path: string, bytes = image): Promise<Response> {
    const form = new FormData();
    form.set('file', new Blob([new Uint8Array(bytes)], { type: 'image/png' }), 'digit.png');
    return fetch(`${stack.url}${path}`, { method: 'POST', body: form });
  }

  async function submitAndWait(): Promise<Prediction> {
    const response = await upload('/predictions');
    expect(response.status).toBe(202);
    const { links } = prediction.parse(await response.json());
    return read(`${links.self}?wait=30`);
  }

  async function takersOf(ids: readonly string[]): Promise<string[]> {
    const keys = ids.map((id) => `inkqueue:${QUEUE_NAME}:${jobOf(id)}`);
    const takers = await stack.exec(
      redis,
      'redis-cli',
      '--raw',
      'EVAL',
      TAKERS,
      String(keys.length),
      ...keys,
    );
    return takers.split('\n');
  }

  it('comes up with every container healthy and three workers ready', async () => {
    expect(workers).toHaveLength(WORKERS);
    await vi.waitFor(
      async () => {
        const state = readiness.parse(await (await getReady()).json());
        expect(state).toMatchObject({ status: 'ready', workers: { ready: WORKERS } });
      },
      { timeout: START_MS, interval: 200 },
    );
    await vi.waitFor(
      async () => {
        for (const container of [redis, api, ...workers]) {
          expect(await stack.inspect(container, '{{.State.Health.Status}}')).toBe('healthy');
        }
      },
      { timeout: START_MS, interval: 500 },
    );
  });

  it('predicts an image at once', async () => {
    const response = await upload('/predict');
    expect(response.status).toBe(200);
    expect(predictResponse.parse(await response.json()).predicted_digit).toBe(7);
  });

  it('bounds the memory of each container, and reads a picture that takes much of it', async () => {
    for (const container of [redis, api, ...workers]) {
      expect(Number(await stack.inspect(container, '{{.HostConfig.Memory}}'))).toBeGreaterThan(500_000_000);
    }
    const response = await upload('/predict', await heavyPage());
    expect(predictResponse.parse(await response.json()).predicted_digit).toBe(4);
  });

  it('lets all three workers take jobs', async () => {
    const takers = new Set<string>();
    await vi.waitFor(
      async () => {
        const done = await Promise.all(Array.from({ length: 30 }, submitAndWait));
        expect(done.map(({ status }) => status)).toEqual(done.map(() => 'succeeded'));
        for (const taker of await takersOf(done.map(({ id }) => id))) takers.add(taker);
        expect(takers.size).toBe(WORKERS);
      },
      { timeout: START_MS, interval: 0 },
    );
  });

  it('serves the page, the docs and what they load', async () => {
    for (const path of ['/ui/', '/docs', '/openapi.json', '/docs/assets/swagger-ui-bundle.js']) {
      expect([path, (await get(path)).status]).toEqual([path, 200]);
    }
    // A page that works under any path names its scripts relative to itself.
    const script = /src="([^"]+\.js)"/.exec(await (await get('/ui/')).text())?.[1];
    const { pathname } = new URL(script ?? 'names-no-script', `${stack.url}/ui/`);
    expect([pathname, (await get(pathname)).status]).toEqual([pathname, 200]);
  });

  it('reports its use to no outside host', async () => {
    // ONNX Runtime's telemetry is on by default; it logs a warning when it can't write its device id to disk.
    expect(await stack.compose('logs', 'worker')).not.toMatch(/telemetry/i);
  });

  it('runs as an ordinary user who can change no file', async () => {
    for (const container of [api, ...workers]) {
      expect(Number(await stack.exec(container, 'id', '-u'))).toBeGreaterThan(0);
      await expect(stack.exec(container, 'touch', '/app/new')).rejects.toThrow();
    }
  });

  it('has in each Docker image only the packages that its process uses', async () => {
    const packages = (container: string) =>
      stack.exec(container, 'ls', 'node_modules', 'node_modules/@inkqueue');
    const inApi = (await packages(api)).split('\n');
    const inWorker = (await packages(workers[0]!)).split('\n');
    expect(inApi).toEqual(expect.arrayContaining(['koa', 'bullmq', 'shared', 'api']));
    expect(inWorker).toEqual(expect.arrayContaining(['sharp', 'onnxruntime-node', 'shared', 'worker']));
    for (const foreign of ['sharp', 'onnxruntime-node', 'worker', 'react', 'typescript', 'vitest']) {
      expect(inApi).not.toContain(foreign);
    }
    for (const foreign of ['koa', 'socket.io', 'api', 'react', 'typescript', 'vitest']) {
      expect(inWorker).not.toContain(foreign);
    }
    const native = await stack.exec(workers[0]!, 'find', 'node_modules/onnxruntime-node/bin', '-type', 'f');
    const arch = await stack.exec(workers[0]!, 'node', '-p', 'process.arch');
    expect(
      native
        .split('\n')
        .map((path) => path.split('/').slice(-3).join('/'))
        .sort(),
    ).toEqual([`linux/${arch}/libonnxruntime.so.1`, `linux/${arch}/onnxruntime_binding.node`]);
  });

  it('keeps results and goes on after Redis is killed and started again', async () => {
    const before = await submitAndWait();
    await stack.compose('kill', 'redis');
    await vi.waitFor(async () => expect((await getReady()).status).toBe(503), {
      timeout: START_MS,
    });
    await stack.compose('start', 'redis');
    await vi.waitFor(async () => expect((await getReady()).status).toBe(200), {
      timeout: START_MS,
    });
    expect(await read(before.links.self)).toEqual(before);
    expect((await submitAndWait()).status).toBe('succeeded');
  });

  it('ends cleanly when it is stopped', async () => {
    await stack.compose('stop', 'api', 'worker');
    for (const container of [api, ...workers]) {
      expect(await stack.inspect(container, '{{.State.ExitCode}}')).toBe('0');
    }
  });
});
