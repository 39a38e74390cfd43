import { get } from 'node:http';
import { setImmediate as turn } from 'node:timers/promises';
import { expect, it, vi } from 'vitest';
import { readAll, readUntil, responseOf, serve, serveStream } from './sse.fixture.ts';
import { lastEventId, openEventStream } from './sse.ts';

it('starts the response at once, with how soon to connect again', async () => {
  const { url } = await serveStream();
  const response = await responseOf(get(url));
  expect(response.statusCode).toBe(200);
  expect(response.headers).toMatchObject({
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store, no-transform',
    'x-accel-buffering': 'no',
    'transfer-encoding': 'chunked',
  });
  expect(response.headers['content-length']).toBeUndefined();
  expect(await readUntil(response, (text) => text.includes('\n\n'))).toBe('retry: 2000\n\n');
});

it('sends events in their order, and ends', async () => {
  const { url, opened, errors } = await serveStream({ retryMs: 500 });
  const response = await responseOf(get(url));
  const { stream } = await opened;
  stream.send({ id: '1-0', name: 'progress', data: { finished: false } });
  stream.send({ id: '1-1', name: 'progress', data: { finished: true } });
  stream.end();
  stream.end();
  stream.send({ id: '1-2', name: 'progress', data: 'too late' });
  expect(await readAll(response)).toBe(
    'retry: 500\n\n' +
      'id: 1-0\nevent: progress\ndata: {"finished":false}\n\n' +
      'id: 1-1\nevent: progress\ndata: {"finished":true}\n\n',
  );
  await vi.waitFor(() => expect(stream.closed.aborted).toBe(true));
  expect(errors).toEqual([]);
});

it('sends what the handler sent before it returned', async () => {
  const { url } = await serve(async (ctx) => {
    const stream = openEventStream(ctx);
    stream.send({ id: '1', name: 'a', data: 1 });
    await turn();
    stream.send({ id: '2', name: 'b', data: 2 });
    stream.end();
  });
  expect(await readAll(await responseOf(get(url)))).toBe(
    'retry: 2000\n\nid: 1\nevent: a\ndata: 1\n\nid: 2\nevent: b\ndata: 2\n\n',
  );
});

it.each([
  ['lines', 'a\nb\r\nc\rd\n\ndata: x', 'data: "a\\nb\\r\\nc\\rd\\n\\ndata: x"'],
  ['letters beyond ASCII', 'é😀\u2028', 'data: "é😀\u2028"'],
  ['nothing', undefined, 'data: null'],
  ['null', null, 'data: null'],
])('keeps an event in one piece, whatever it holds: %s', async (_, data, line) => {
  const { url, opened } = await serveStream();
  const response = await responseOf(get(url));
  const { stream } = await opened;
  stream.send({ id: '1\ndata: x\r\0', name: 'a\rdata: y', data });
  stream.end();
  expect(await readAll(response)).toBe(`retry: 2000\n\nid: 1data: x\nevent: adata: y\n${line}\n\n`);
});

it('sends comments while nothing happens, so that no proxy closes the connection', async () => {
  const { url, opened } = await serveStream({ heartbeatMs: 5 });
  const response = await responseOf(get(url));
  const { stream } = await opened;
  await readUntil(response, (text) => text.startsWith('retry: 2000\n\n:\n\n:\n\n'));
  stream.send({ id: '1', name: 'a', data: 1 });
  await readUntil(response, (text) => text.includes('data: 1\n\n:\n\n'));
});

it.each([
  ['1700000000000-5', '1700000000000-5'],
  ['x'.repeat(200), 'x'.repeat(200)],
  ['x'.repeat(201), null],
  ['', null],
  [undefined, null],
])('reads Last-Event-ID: %j', async (header, id) => {
  const { url } = await serve((ctx) => {
    ctx.body = JSON.stringify(lastEventId(ctx));
  });
  const headers = header === undefined ? {} : { 'Last-Event-ID': header };
  expect(await readAll(await responseOf(get(url, { headers })))).toBe(JSON.stringify(id));
});
