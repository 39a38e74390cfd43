import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import Koa from 'koa';
import { afterEach, expect, test, vi } from 'vitest';
import { countRefusals } from './refusals.ts';
import { createRequestLog } from './request-log.ts';
import { type EndedRequest, noteRefusal, observeRequests } from './requests.ts';

let server: Server | null = null;
afterEach(() => void server?.close());

/** An app of one handler, and what is observed of its requests. */
async function serve(handle: Koa.Middleware) {
  const ended: EndedRequest[] = [];
  const app = new Koa();
  app.use(observeRequests([(request) => void ended.push(request)]));
  app.use(handle);
  server = createServer(app.callback());
  await new Promise<void>((listening) => server!.listen(0, '127.0.0.1', listening));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, ended };
}

test('a request is reported once its response has ended, without its query', async () => {
  const { url, ended } = await serve(async (ctx) => {
    ctx.body = { id: 'a-prediction' };
  });
  const response = await fetch(`${url}/predict?key=secret`, { method: 'POST', body: 'four' });
  await response.text();
  await vi.waitFor(() => expect(ended).toHaveLength(1));
  expect(ended[0]).toMatchObject({
    id: response.headers.get('x-request-id'),
    method: 'POST',
    path: '/predict',
    route: null,
    status: 200,
    isClientGone: false,
    subject: 'a-prediction',
    caller: '127.0.0.1',
    received: 4,
    sent: 21,
  });
  expect(JSON.stringify(ended)).not.toContain('secret');
});

test.each([
  ['abc-123', true],
  ['spaces are not', false],
  ['x'.repeat(129), false],
])('the request id %s of a client is kept: %s', async (id, isKept) => {
  const { url } = await serve(async (ctx) => {
    ctx.body = '';
  });
  const response = await fetch(url, { headers: { 'X-Request-Id': id } });
  expect(response.headers.get('x-request-id') === id).toBe(isKept);
});

test('a refusal is reported with its code and its prediction', async () => {
  const { url, ended } = await serve(async (ctx) => {
    noteRefusal(ctx, { code: 'no-ink', predictionId: 'p' });
    ctx.status = 422;
    ctx.body = 'no';
  });
  await (await fetch(url)).text();
  await vi.waitFor(() => expect(ended[0]).toMatchObject({ status: 422, problem: 'no-ink', subject: 'p' }));
});

test('a request whose client goes before the response says so, with status 499', async () => {
  const client = new AbortController();
  const { url, ended } = await serve(async (ctx) => {
    client.abort();
    await delay(100);
    ctx.body = 'late';
  });
  await expect(fetch(url, { signal: client.signal })).rejects.toThrow();
  await vi.waitFor(() => expect(ended[0]).toMatchObject({ isClientGone: true, status: 499 }));
});

const ended: EndedRequest = {
  id: 'r',
  method: 'GET',
  path: '/predictions/p',
  route: '/predictions/:id',
  status: 200,
  isClientGone: false,
  seconds: 0.0123456,
  problem: null,
  traceId: null,
  subject: 'p',
  caller: '::1',
  received: null,
  sent: 12,
};

test('a refusal counts where a client sends images, and a prediction that failed is none', () => {
  const counted: string[] = [];
  const count = countRefusals({
    routes: [
      { method: 'post', path: '/predict', body: 'image' },
      { method: 'post', path: '/predictions/:id/cancel', body: undefined },
      { method: 'get', path: '/predict', body: undefined },
    ] as Parameters<typeof countRefusals>[0]['routes'],
    counts: { add: (name) => void counted.push(name) },
  });
  const refused = {
    ...ended,
    method: 'POST',
    path: '/predict',
    subject: null,
    problem: 'queue-full',
  } as const;
  count(refused);
  count({ ...refused, isClientGone: true, status: 499, problem: 'unsupported-format' });
  count({ ...refused, problem: null });
  count({ ...refused, subject: 'p', problem: 'no-ink' });
  count({ ...refused, method: 'GET' });
  count({ ...refused, path: '/predictions/p/cancel' });
  expect(counted).toEqual(['refused:queue-full', 'refused:unsupported-format']);
});

function createLog(level = 'debug') {
  const lines: { level: string; fields: Record<string, unknown> }[] = [];
  const at = (name: string) => (fields: object) => void lines.push({ level: name, fields: { ...fields } });
  const isLevelEnabled = (name: string) => level === 'debug' || name === level;
  return { lines, debug: at('debug'), info: at('info'), warn: at('warn'), isLevelEnabled };
}

test('a line has what is known of the request', () => {
  const log = createLog();
  createRequestLog(log)(ended);
  expect(log.lines).toEqual([
    {
      level: 'info',
      fields: {
        request: 'r',
        method: 'GET',
        path: '/predictions/p',
        status: 200,
        caller: '::1',
        ms: 12.346,
        subject: 'p',
        sent: 12,
      },
    },
  ]);
});

test('failures of the service are warnings, and what probes ask is for debugging', () => {
  const log = createLog();
  const write = createRequestLog(log);
  write({ ...ended, status: 503, problem: 'queue-full' });
  write({ ...ended, path: '/health/live' });
  expect(log.lines.map(({ level }) => level)).toEqual(['warn', 'debug']);
});

test('under load a sample is written, which says how many it stands for, and failures have a share of their own', () => {
  vi.spyOn(performance, 'now').mockReturnValue(5_000);
  const log = createLog();
  const write = createRequestLog(log);
  for (let i = 0; i < 500; i++) write(ended);
  expect(log.lines).toHaveLength(50);
  write({ ...ended, status: 500 });
  expect(log.lines).toHaveLength(51);
  vi.spyOn(performance, 'now').mockReturnValue(6_000);
  write(ended);
  expect(log.lines.at(-1)!.fields).toMatchObject({ skipped: 450 });
  vi.restoreAllMocks();
});

test('what is below the level of the log costs no line', () => {
  const log = createLog('warn');
  createRequestLog(log)(ended);
  expect(log.lines).toEqual([]);
});
