import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { requestBytes } from './http-connection.ts';
import { sendOnSchedule } from './send-on-schedule.ts';

const upload = { contentType: 'text/plain', body: Buffer.from('digit') };
const evenly = (count: number, gapMs: number) => Float64Array.from({ length: count }, (_, i) => i * gapMs);

async function serve(listener: RequestListener) {
  const server = createServer(listener).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server listens on no port');
  const url = new URL(`http://127.0.0.1:${address.port}/predict`);
  return { url, request: requestBytes(url, upload) };
}

test('every request arrives whole, and its response counts', async () => {
  const bodies: string[] = [];
  const target = await serve(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    bodies.push(`${request.method} ${request.url} ${request.headers['content-type']} ${body}`);
    response.end('{}');
  });
  const result = await sendOnSchedule({ ...target, due: evenly(100, 2), limitMs: null });
  expect(result).toMatchObject({ due: 100, answered: 100, failed: 0, isCutShort: false });
  expect(bodies).toEqual(Array.from({ length: 100 }, () => 'POST /predict text/plain digit'));
});

test('a stall of the service counts for each request that was due meanwhile', async () => {
  const STALL_MS = 400;
  let stalled = 0;
  const target = await serve((request, response) => {
    request.resume();
    stalled ||= performance.now();
    setTimeout(() => response.end('{}'), STALL_MS - (performance.now() - stalled));
  });
  // Due every 2 ms for 400 ms: all of the stall for the first, half of it for the one in the middle.
  const { p50, max } = await sendOnSchedule({ ...target, due: evenly(200, 2), limitMs: null });
  expect(max).toBeGreaterThan(STALL_MS * 0.9);
  expect(p50).toBeGreaterThan(STALL_MS * 0.35);
});

test('a generator that is held up says so, and counts the time for the requests', async () => {
  const target = await serve((request, response) => {
    request.resume();
    response.end('{}');
  });
  const sending = sendOnSchedule({ ...target, due: evenly(50, 2), limitMs: null });
  setTimeout(() => {
    for (const until = performance.now() + 100; performance.now() < until; );
  }, 80);
  const { lagP99, max } = await sending;
  expect(lagP99).toBeGreaterThan(50);
  expect(max).toBeGreaterThanOrEqual(lagP99);
});

test('refused requests and broken connections have failed', async () => {
  let count = 0;
  const target = await serve((request, response) => {
    request.resume();
    if (++count % 2 === 0) request.socket.destroy();
    else response.writeHead(503).end();
  });
  const result = await sendOnSchedule({ ...target, due: evenly(20, 5), limitMs: null });
  expect(result).toMatchObject({ due: 20, answered: 0, failed: 20 });
});

test('it gives up once more than a hundredth of the requests is late', async () => {
  const target = await serve((request, response) => {
    request.resume();
    setTimeout(() => response.end('{}'), 30);
  });
  const due = evenly(2_000, 2);
  const result = await sendOnSchedule({ ...target, due, limitMs: 10 });
  expect(result.isCutShort).toBe(true);
  expect(result.due).toBeLessThan(1_000);
  expect(result.backlog).toBeGreaterThan(0);
  expect(result).toMatchObject({ failed: 0, answered: result.due });
});
