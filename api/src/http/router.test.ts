import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createLogger } from '@inkqueue/shared/node/log';
import Koa from 'koa';
import { afterEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { problems } from './problems.ts';
import { type Route, route } from './route.ts';
import { createRouter } from './router.ts';

let server: Server | null = null;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

/** An app of one route, at its URL. */
async function serve(handle: Route['handle'], change: Partial<Route> = {}): Promise<string> {
  const one = route({
    method: 'get',
    path: '/things/{name}',
    operationId: 'getThing',
    tag: 'Things',
    summary: '',
    params: z.object({ name: z.string().max(5) }),
    query: z.object({ size: z.coerce.number().int().default(1) }),
    answers: {},
    problems: [],
    handle,
    ...change,
  });
  const readUpload = async () => ({ bytes: Buffer.from('x'), format: 'png' as const });
  const router = createRouter({ routes: [one], readUpload });
  const app = new Koa();
  app.use(problems({ log: createLogger({ name: 'test', level: 'silent' }) }));
  app.use(router.routes());
  app.use(router.allowedMethods());
  server = createServer(app.callback());
  await new Promise<void>((listening) => server!.listen(0, '127.0.0.1', listening));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const echo: Route['handle'] = async (ctx, { params, query }) => {
  ctx.body = { params, query };
};

test('a handler gets what the schemas made of the request', async () => {
  const url = await serve(echo);
  expect(await (await fetch(`${url}/things/one?size=7&other=1`)).json()).toEqual({
    params: { name: 'one' },
    query: { size: 7 },
  });
  expect(await (await fetch(`${url}/things/one`)).json()).toMatchObject({ query: { size: 1 } });
});

describe('a JSON body', () => {
  const body = z.object({ digit: z.number() });
  const serveBody = () =>
    serve(
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

  test('is what its schema makes of it', async () => {
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
])('%s is refused, with the place and the name of what is wrong', async (path, where, name) => {
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

test('an error that is not named is told as internal, without its text', async () => {
  const url = await serve(async () => {
    throw new Error('secret');
  });
  const response = await fetch(`${url}/things/one`);
  expect(response.status).toBe(500);
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  expect(await response.text()).not.toContain('secret');
});

test('a handler is told of a client that has gone, and of none that was answered', async () => {
  const called: string[] = [];
  const gone: string[] = [];
  const url = await serve(async (ctx, { params, whenGone }) => {
    const { name } = params as { name: string };
    called.push(name);
    const left = new Promise<void>((resolve) => {
      whenGone(() => {
        gone.push(name);
        resolve();
      });
    });
    if (name === 'wait') await left;
    ctx.body = {};
  });
  await (await fetch(`${url}/things/one`)).text();
  const leaving = new AbortController();
  const left = fetch(`${url}/things/wait`, { signal: leaving.signal });
  await expect.poll(() => called).toEqual(['one', 'wait']);
  leaving.abort();
  await expect(left).rejects.toThrow();
  await expect.poll(() => gone).toEqual(['wait']);
});

test('a handler is told of a client that went before it asked', async () => {
  let called = false;
  let went = false;
  const url = await serve(async (ctx, { whenGone }) => {
    called = true;
    await new Promise((closed) => ctx.res.once('close', closed));
    whenGone(() => {
      went = true;
    });
  });
  const leaving = new AbortController();
  const left = fetch(`${url}/things/one`, { signal: leaving.signal });
  await expect.poll(() => called).toBe(true);
  leaving.abort();
  await expect(left).rejects.toThrow();
  await expect.poll(() => went).toBe(true);
});

test('an upload is read only where a route takes one', async () => {
  let upload: unknown = 'not looked at';
  const see: Route['handle'] = async (ctx, input) => {
    upload = input.upload;
    ctx.body = {};
  };
  await fetch(`${await serve(see)}/things/one`);
  expect(upload).toBeUndefined();
  server?.closeAllConnections();
  server?.close();
  await fetch(`${await serve(see, { method: 'post', takes: 'picture' })}/things/one`, { method: 'POST' });
  expect(upload).toMatchObject({ format: 'png' });
});
