import { getEventListeners } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import type { Attempt } from '../queue/deliveries/attempt.ts';
import { createHosts } from './hosts.ts';
import { createSender } from './sender.ts';
import { createSigner } from './signing.ts';

let answer: RequestListener;
const server = createServer((request, response) => answer(request, response));
let port: number;
beforeAll(async () => {
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  ({ port } = server.address() as AddressInfo);
});
afterEach(() => void vi.restoreAllMocks());
afterAll(() => {
  server.close();
  server.closeAllConnections();
});

const attemptAt = (url: string): Attempt => ({
  id: 'p',
  url: new URL(url),
  body: '{"ü":1}',
  trace: undefined,
  number: 1,
});

const createLocalSender = (options: Partial<Parameters<typeof createSender>[0]> = {}) =>
  createSender({
    sign: createSigner([Buffer.alloc(24)]),
    hosts: createHosts({ perHostMax: 1 }),
    timeoutMs: 300,
    stopping: new AbortController().signal,
    trace: null,
    rules: { resolve: async () => [{ address: '127.0.0.1', family: 4 }], isAllowed: () => true },
    ...options,
  });
const send = (options?: Parameters<typeof createLocalSender>[0]) =>
  createLocalSender(options)(attemptAt(`http://hook.test:${port}/a?b`));

test('posts the body to the checked address, under the host’s name', async () => {
  let seen = {};
  answer = ({ method, url, headers }, response) => {
    seen = { method, url, host: headers.host, length: headers['content-length'], id: headers['webhook-id'] };
    response.writeHead(202).end();
  };
  expect(await send()).toEqual({ outcome: 'delivered', status: 202 });
  expect(seen).toEqual({ method: 'POST', url: '/a?b', host: `hook.test:${port}`, length: '8', id: 'p' });
});

test.each([
  [302, { location: '/' }, { outcome: 'failed', status: 302 }],
  [404, {}, { outcome: 'failed', status: 404 }],
  [410, {}, { outcome: 'refused', status: 410 }],
  [429, { 'retry-after': '60' }, { outcome: 'failed', retryAfterMs: 60_000 }],
  [503, { 'retry-after': '9' }, { outcome: 'failed', retryAfterMs: 9_000 }],
  [500, { 'retry-after': '60' }, { outcome: 'failed', retryAfterMs: undefined }],
])('judges a response with status %i', async (status, headers, verdict) => {
  answer = (_, response) => response.writeHead(status, headers).end();
  expect(await send()).toMatchObject(verdict);
});

test('a body without an end is not read to its end', async () => {
  answer = (_, response) => {
    const write = () => response.write(Buffer.alloc(65_536));
    response.writeHead(200).on('drain', write);
    write();
    write();
  };
  expect(await send({ timeoutMs: 5_000 })).toEqual({ outcome: 'delivered', status: 200 });
});

test('a response counts from its headers on, also where its body never ends', async () => {
  answer = (_, response) => response.writeHead(200).write('{');
  expect(await send()).toEqual({ outcome: 'delivered', status: 200 });
  const stopping = new AbortController();
  answer = (_, response) => {
    response.writeHead(200).write('{');
    setTimeout(() => stopping.abort(), 50);
  };
  expect(await send({ stopping: stopping.signal, timeoutMs: 5_000 })).toEqual({
    outcome: 'delivered',
    status: 200,
  });
});

test('signs with this machine’s time where Redis’s is another one', async () => {
  let seen = 0;
  answer = ({ headers }, response) => {
    seen = Number(headers['webhook-timestamp']) * 1_000;
    response.writeHead(503, { 'retry-after': new Date(start + 61_000).toUTCString() }).end();
  };
  const start = Date.now();
  vi.spyOn(Date, 'now').mockReturnValue(start + 7_200_000);
  const verdict = await send();
  expect(Math.abs(seen - start)).toBeLessThan(5_000);
  expect(verdict).toMatchObject({ outcome: 'failed', retryAfterMs: expect.closeTo(60_000, -4) });
});

test('a receiver that says nothing is too late, and one that is away has failed', async () => {
  answer = () => {};
  expect(await send()).toMatchObject({ outcome: 'failed', status: null, why: 'no response within 0.3 s' });
  const closed = createLocalSender()(attemptAt('http://hook.test:9/'));
  expect(await closed).toMatchObject({ outcome: 'failed', why: expect.stringContaining('ECONNREFUSED') });
});

test('a private address is refused, and what a name leads to may change', async () => {
  const toPrivate = async () => [{ address: '10.0.0.1', family: 4 }];
  const rules = { resolve: toPrivate, isAllowed: () => false };
  const why = 'the host is not on the public internet';
  expect(await createLocalSender({ rules })(attemptAt('https://10.0.0.1/'))).toMatchObject({
    outcome: 'refused',
    why,
  });
  expect(await send({ rules })).toMatchObject({ outcome: 'failed', why });
  expect(await send({ rules: { resolve: async () => [] } })).toMatchObject({
    outcome: 'failed',
    why: 'the host name has no address',
  });
});

test('all names and ports of one server share its places', async () => {
  const stopping = new AbortController();
  const both = [
    { address: '::1', family: 6 },
    { address: '127.0.0.1', family: 4 },
  ];
  const resolve = async (host: string) => (host === 'a.test' ? both : both.toReversed());
  const sendTo = createLocalSender({
    stopping: stopping.signal,
    timeoutMs: 5_000,
    rules: { resolve, isAllowed: () => true },
  });
  answer = () => {};
  const first = sendTo(attemptAt(`http://a.test:${port}/`));
  for (const url of [`http://b.test:${port}/`, 'http://c.test:9/', 'http://127.0.0.1:9/'])
    expect(await sendTo(attemptAt(url)), url).toMatchObject({
      outcome: 'postponed',
      afterMs: expect.any(Number),
    });
  stopping.abort();
  await first;
});

test('an attempt leaves nothing at the signal that lives as long as the process', async () => {
  const { signal } = new AbortController();
  answer = (_, response) => response.writeHead(200).end();
  const sending = send({ stopping: signal });
  expect(getEventListeners(signal, 'abort')).toHaveLength(1);
  await sending;
  expect(getEventListeners(signal, 'abort')).toHaveLength(0);
});

test('an attempt under way is given back when the process stops, and one too many to a host comes back', async () => {
  const stopping = new AbortController();
  answer = () => {};
  const sendTo = createLocalSender({ stopping: stopping.signal, timeoutMs: 5_000 });
  const first = sendTo(attemptAt(`http://hook.test:${port}/`));
  expect(await sendTo(attemptAt(`http://hook.test:${port}/`))).toEqual({
    outcome: 'postponed',
    afterMs: 350,
  });
  stopping.abort();
  expect(await first).toEqual({ outcome: 'postponed', afterMs: 0 });
});
