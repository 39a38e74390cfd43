import { once } from 'node:events';
import { get, type IncomingMessage, request } from 'node:http';
import type { Readable } from 'node:stream';
import { afterEach, expect, it, vi } from 'vitest';
import { deferred, readAll, readUntil, responseOf, serve, serveStream } from './sse.fixture.ts';
import { type EventStream, openEventStream } from './sse.ts';

afterEach(() => {
  vi.useRealTimers();
});

it('closes when the client goes, and takes no more events', async () => {
  const { url, opened } = await serveStream({ heartbeatMs: 5 });
  const response = await responseOf(get(url));
  const { stream, ctx } = await opened;
  expect(stream.closed.aborted).toBe(false);
  response.destroy();
  await vi.waitFor(() => expect(stream.closed.aborted).toBe(true));
  stream.send({ id: '1', name: 'a', data: 1 });
  stream.end();
  expect((ctx.body as Readable).destroyed).toBe(true);
});

it.each([
  ['the client goes', (_: EventStream, response: IncomingMessage) => response.destroy()],
  ['the stream ends', (stream: EventStream) => stream.end()],
])('sends its comments every 15 s, until %s', async (_, close) => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  const { url, opened } = await serveStream();
  const response = await responseOf(get(url));
  const { stream } = await opened;
  expect(vi.getTimerCount()).toBe(1);
  vi.advanceTimersByTime(29_999);
  expect(await readUntil(response, (text) => text.includes(':\n\n'))).toBe('retry: 2000\n\n:\n\n');
  vi.advanceTimersByTime(1);
  expect(await readUntil(response, (text) => text.includes(':\n\n'))).toBe(':\n\n');
  const closed = once(stream.closed, 'abort');
  close(stream, response);
  await closed;
  expect(vi.getTimerCount()).toBe(0);
});

it('closes when the client went before the stream was opened', async () => {
  const opened = deferred<EventStream>();
  const reached = deferred<void>();
  const { url } = await serve(async (ctx) => {
    reached.resolve();
    await once(ctx.res, 'close');
    opened.resolve(openEventStream(ctx));
  });
  const outgoing = get(url).on('error', () => {});
  await reached.promise;
  outgoing.destroy();
  const stream = await opened.promise;
  await vi.waitFor(() => expect(stream.closed.aborted).toBe(true));
});

it('leaves the response to an error of the handler', async () => {
  const opened = deferred<EventStream>();
  const { url } = await serve((ctx) => {
    const stream = openEventStream(ctx);
    stream.send({ id: '1', name: 'a', data: 1 });
    opened.resolve(stream);
    // As http/problems.ts responds.
    ctx.status = 503;
    ctx.body = '{"code":"redis-unavailable"}';
    ctx.type = 'application/problem+json';
  });
  const response = await responseOf(get(url));
  expect(response.statusCode).toBe(503);
  expect(response.headers['content-type']).toBe('application/problem+json');
  expect(await readAll(response)).toBe('{"code":"redis-unavailable"}');
  const stream = await opened.promise;
  await vi.waitFor(() => expect(stream.closed.aborted).toBe(true));
});

it('closes after a HEAD request, which has no body', async () => {
  const { url, opened } = await serveStream();
  const response = await responseOf(request(url, { method: 'HEAD' }));
  expect(response.headers['content-type']).toBe('text/event-stream; charset=utf-8');
  expect(await readAll(response)).toBe('');
  const { stream } = await opened;
  await vi.waitFor(() => expect(stream.closed.aborted).toBe(true));
});
