import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createLogger } from '@inkqueue/shared/node/log';
import Koa, { type Context } from 'koa';
import { afterEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type BodyKind, image, images, json, type Receivers } from './bodies/body-kinds.ts';
import { createJsonReceiver } from './bodies/json-body.ts';
import { createReceiving, type Received } from './bodies/receiving.ts';
import { problems } from './problems.ts';
import { route } from './route.ts';
import { createRouter } from './router.ts';
import { createRequestSignals, type RequestSignals } from './server/request-signals.ts';

let server: Server | null = null;
let signals: RequestSignals;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

const params = z.object({ name: z.string().max(5) });
const query = z.object({ size: z.coerce.number().int().default(1) });
interface Input<B> {
  params: z.infer<typeof params>;
  query: z.infer<typeof query>;
  body: B;
  signal: AbortSignal;
}
type Handle<B> = (ctx: Context, input: Input<B>) => Promise<void>;

const received: Received = { bytes: Buffer.from('x'), release: () => {} };
const receivers: Receivers = {
  json: createJsonReceiver({ receiving: createReceiving({ memoryMaxBytes: 1e6, timeoutMs: 5_000 }) }),
  image: async () => received,
  images: (_, { max }) => ({
    async forEach(handle) {
      for (let i = 0; i < max; i++) await handle({ image: received, filename: `${i}.png` });
    },
  }),
};

/** An app of one route, at its URL. */
async function serve<B = undefined>(
  handle: Handle<B>,
  change: { method?: 'put' | 'post'; body?: BodyKind<B> } = {},
): Promise<string> {
  const one = route<Input<B>['params'], Input<B>['query'], B>({
    method: 'get',
    path: '/things/{name}',
    operationId: 'getThing',
    tag: 'Things',
    summary: '',
    params,
    query,
    responses: {},
    problems: [],
    handle,
    ...change,
  });
  signals = createRequestSignals();
  const router = createRouter({ routes: [one], receivers, signals });
  const app = new Koa();
  app.use(
    problems({
      log: createLogger({ name: 'test', level: 'silent' }),
      discardMaxBytes: 5e6,
      explainMissing: async () => {},
    }),
  );
  app.use(router.routes());
  app.use(router.allowedMethods());
  server = createServer(app.callback());
  await new Promise<void>((listening) => server!.listen(0, '127.0.0.1', listening));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const echo: Handle<undefined> = async (ctx, input) => {
  ctx.body = { params: input.params, query: input.query };
};

test('a handler gets what the schemas make of the request', async () => {
  const url = await serve(echo);
  expect(await (await fetch(`${url}/things/one?size=7&other=1`)).json()).toEqual({
    params: { name: 'one' },
    query: { size: 7 },
  });
  expect(await (await fetch(`${url}/things/one`)).json()).toMatchObject({ query: { size: 1 } });
});

describe('a JSON body', () => {
  const body = json(z.object({ digit: z.number() }));
  const serveBody = () =>
    serve<{ digit: number }>(
      async (ctx, input) => {
        ctx.body = { got: input.body };
      },
      { method: 'put', body },
    );
  const put = async (text: string, type = 'application/json') =>
    fetch(`${await serveBody()}/things/one`, {
      method: 'PUT',
      body: text,
      headers: { 'content-type': type },
    });

  test('is what its schema makes of the text', async () => {
    const response = await put('{"digit":3,"other":1}', 'application/json; charset=utf-8');
    expect(await response.json()).toEqual({ got: { digit: 3 } });
  });

  test.each([
    ['', 'application/json', 400, 'invalid-request'],
    ['{"digit":', 'application/json', 400, 'invalid-request'],
    ['{"digit":"three"}', 'application/json', 400, 'invalid-request'],
    ['digit=3', 'application/x-www-form-urlencoded', 415, 'unsupported-media-type'],
    [`{"digit":3${' '.repeat(2_000_000)}}`, 'application/json', 413, 'too-large'],
  ])('%.20s as %s is refused', async (text, type, status, code) => {
    const response = await put(text, type);
    expect([response.status, await response.json()]).toMatchObject([status, { code }]);
  });
});

test.each([
  ['/things/too-long', 'path', 'name'],
  ['/things/one?size=x', 'query', 'size'],
  ['/things/one?size=1&size=2', 'query', 'size'],
])('%s is refused, with the place and the name of the wrong field', async (path, where, name) => {
  const url = await serve(() => {
    throw new Error('the handler ran');
  });
  const response = await fetch(url + path);
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({
    code: 'invalid-request',
    detail: expect.stringContaining(`In the ${where}: ${name}: `),
  });
});

test('an error without a name becomes internal, without its text', async () => {
  const url = await serve(async () => {
    throw new Error('secret');
  });
  const response = await fetch(`${url}/things/one`);
  expect(response.status).toBe(500);
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  expect(await response.text()).not.toContain('secret');
});

describe('a request’s signal', () => {
  test('is aborted when the client goes, and not after the response', async () => {
    const handled = new Map<string, AbortSignal>();
    const url = await serve(async (ctx, { params: { name }, signal }) => {
      handled.set(name, signal);
      if (name === 'wait') await new Promise((aborted) => signal.addEventListener('abort', aborted));
      ctx.body = {};
    });
    await (await fetch(`${url}/things/one`)).text();
    const leaving = new AbortController();
    const left = fetch(`${url}/things/wait`, { signal: leaving.signal });
    await expect.poll(() => [...handled.keys()]).toEqual(['one', 'wait']);
    expect(handled.get('wait')?.aborted).toBe(false);
    leaving.abort();
    await expect(left).rejects.toThrow();
    await expect.poll(() => handled.get('wait')?.aborted).toBe(true);
    expect(handled.get('one')?.aborted).toBe(false);
  });

  test('is aborted from its start where the client went before the handler wanted it', async () => {
    let handled = false;
    let aborted = false;
    const url = await serve(async (ctx, input) => {
      handled = true;
      await new Promise((closed) => ctx.res.once('close', closed));
      aborted = input.signal.aborted;
    });
    const leaving = new AbortController();
    const left = fetch(`${url}/things/one`, { signal: leaving.signal });
    await expect.poll(() => handled).toBe(true);
    leaving.abort();
    await expect(left).rejects.toThrow();
    await expect.poll(() => aborted).toBe(true);
  });

  test('is aborted when the process stops, also one that is made after that', async () => {
    let waiting = false;
    const url = await serve(async (ctx, { params: { name }, signal }) => {
      waiting = true;
      if (name === 'wait') await new Promise((aborted) => signal.addEventListener('abort', aborted));
      ctx.body = { aborted: signal.aborted };
    });
    const first = fetch(`${url}/things/wait`);
    await expect.poll(() => waiting).toBe(true);
    signals.abortAll();
    for (const response of [await first, await fetch(`${url}/things/late`)]) {
      expect(await response.json()).toEqual({ aborted: true });
    }
  });
});

test('a body is received only where a route declares one', async () => {
  let body: unknown = 'not set';
  await fetch(
    `${await serve(async (ctx, input) => {
      body = input.body;
      ctx.body = {};
    })}/things/one`,
  );
  expect(body).toBeUndefined();
});

test('a route gets the kind of body that it declares', async () => {
  let bytes: Buffer | null = null;
  const one = await serve<Received>(
    async (ctx, input) => {
      bytes = input.body.bytes;
      ctx.body = {};
    },
    { method: 'post', body: image() },
  );
  await fetch(`${one}/things/one`, { method: 'POST' });
  expect(bytes).toEqual(Buffer.from('x'));
  server?.closeAllConnections();
  server?.close();
  const names: (string | null)[] = [];
  const many = await serve(
    async (ctx, input) => {
      await input.body.forEach(async ({ filename }) => void names.push(filename));
      ctx.body = {};
    },
    { method: 'post', body: images({ max: 2 }) },
  );
  await fetch(`${many}/things/one`, { method: 'POST' });
  expect(names).toEqual(['0.png', '1.png']);
});
