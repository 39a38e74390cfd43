import { Agent, request } from 'node:http';
import { prediction } from '@inkqueue/shared/contracts/prediction';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { find } from './client.ts';
import { digitPng } from './pictures.ts';
import type { Running } from './processes.ts';
import { createStack, type Stack } from './stack.ts';

const BURST = 2_000;

let stack: Stack;
let agent: Agent;
beforeEach(() => {
  stack = createStack();
  agent = new Agent({ keepAlive: true, maxSockets: 50 });
});
afterEach(async () => {
  agent.destroy();
  await stack.close();
});

/** POSTs an image as a proxy passes it on that names the client. @returns the prediction's id */
function send(api: Running, path: string, image: Buffer, client: string): Promise<string> {
  return new Promise((resolve, reject) => {
    // A client may say anything; the proxy adds what it sees.
    const forwarded = `${Math.random()}, ${client}`;
    const headers = { 'content-type': 'image/png', 'x-forwarded-for': forwarded };
    const sent = request(`${api.url}${path}`, { agent, method: 'POST', headers }, async (response) => {
      const chunks = await response.toArray();
      resolve(prediction.parse(JSON.parse(Buffer.concat(chunks).toString())).id);
    });
    sent.on('error', reject);
    sent.end(image);
  });
}

test.each(['/predict', '/predictions'])(
  `a drawing is read before the burst of ${BURST} that another client sent to %s`,
  async (path) => {
    // The wait of POST /predict is over at once, its priority stays.
    const api = await stack.api({ TRUST_PROXY: '1', PREDICT_TIMEOUT_MS: '1' });
    const [small, drawing] = await Promise.all([digitPng(3, { side: 28 }), digitPng(7)]);
    const burst = await Promise.all(Array.from({ length: BURST }, () => send(api, path, small, '192.0.2.1')));
    const drawn = await send(api, '/predictions?preview=true', drawing, '192.0.2.2');
    await stack.worker({ CONCURRENCY: '1' });
    const read = await find(api, drawn, 20);
    expect(read).toMatchObject({ status: 'succeeded', result: { predicted_digit: 7 } });
    // In their order: before the drawing came those that the client had at once.
    const ends = await Promise.all([burst[0]!, burst[200]!, burst.at(-1)!].map((id) => find(api, id, 60)));
    const [first, middle, last] = ends.map(({ finished_at }) => Date.parse(finished_at!));
    const finished = Date.parse(read.finished_at!);
    expect(first).toBeLessThanOrEqual(finished);
    expect(finished).toBeLessThanOrEqual(middle!);
    expect(middle).toBeLessThanOrEqual(last!);
    expect(Date.parse(read.started_at!) - first!).toBeLessThan(1_000);
  },
  120_000,
);

test('bursts of two clients take turns', async () => {
  const api = await stack.api({ TRUST_PROXY: '1' });
  const image = await digitPng(3, { side: 28 });
  const burst = (client: string, count: number) =>
    Promise.all(Array.from({ length: count }, () => send(api, '/predictions', image, client)));
  const large = await burst('192.0.2.1', 1_000);
  const small = await burst('192.0.2.2', 200);
  await stack.worker({ CONCURRENCY: '1' });
  const [last, middle] = await Promise.all([small.at(-1)!, large[600]!].map((id) => find(api, id, 60)));
  expect(Date.parse(last!.finished_at!)).toBeLessThan(Date.parse(middle!.finished_at!));
}, 120_000);
