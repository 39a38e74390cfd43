import { connect, type Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, expect, it, vi } from 'vitest';
import { readAll, serveStream } from './sse.fixture.ts';

let client: Socket;
afterEach(() => client.destroy());

const filler = 'x'.repeat(10_000);
const idsIn = (text: string) => Array.from(text.matchAll(/^id: (\d+)$/gm), ([, id]) => Number(id));

/** A stream to a client that reads nothing, after as many events as fill every buffer on the way. */
async function serveFullStream() {
  const { port, opened } = await serveStream({ heartbeatMs: 1 });
  client = connect(port, '127.0.0.1').setEncoding('utf8').pause();
  client.write('GET / HTTP/1.0\r\n\r\n');
  const { stream, ctx } = await opened;
  const body = ctx.body as Readable;
  let sent = 0;
  const send = () => stream.send({ id: `${++sent}`, name: 'progress', data: { sent, filler } });
  // The kernel's buffers of the socket take some megabytes; then the response's and the stream's own fill up.
  while (body.readableLength < body.readableHighWaterMark) {
    send();
    await turn();
  }
  return { stream, send, sent: () => sent, unsent: () => body.readableLength + ctx.res.writableLength };
}

it('keeps the latest event alone for a client that does not read', async () => {
  const { stream, send, sent, unsent } = await serveFullStream();
  for (let i = 0; i < 2_000; i++) {
    send();
    if (i % 10 === 0) await turn();
    expect(unsent()).toBeLessThan(100_000);
  }

  stream.end();
  const text = await readAll(client);
  const ids = idsIn(text);
  expect(ids).toEqual([...new Set(ids)].sort((a, b) => a - b));
  expect(ids.at(-1)).toBe(sent());
  // The kernel may have taken a few more while the client stood still.
  expect(ids.length).toBeLessThan(sent() - 1_000);
  // Every event is whole.
  expect(text.match(/^data: .*$/gm)?.map((line) => JSON.parse(line.slice(6)).sent)).toEqual(ids);
});

it('goes on with a client that reads again, from the latest event', async () => {
  const { send, sent } = await serveFullStream();
  for (let i = 0; i < 50; i++) send();
  const latest = sent();
  let text = '';
  client.on('data', (chunk) => {
    text += chunk;
  });
  client.resume();
  await vi.waitFor(() => expect(idsIn(text).at(-1)).toBe(latest), { timeout: 10_000 });
  expect(idsIn(text)).not.toContain(latest - 1);
  send();
  send();
  await vi.waitFor(() => expect(idsIn(text).slice(-2)).toEqual([latest + 1, latest + 2]));
  // The comments go on too.
  await vi.waitFor(() => expect(text.endsWith('\n\n:\n\n:\n\n')).toBe(true));
});

it('lets go of a client that never reads once its connection is gone', async () => {
  const { stream, send, unsent } = await serveFullStream();
  send();
  client.resetAndDestroy();
  await vi.waitFor(() => expect(stream.closed.aborted).toBe(true));
  const left = unsent();
  send();
  expect(unsent()).toBe(left);
});
