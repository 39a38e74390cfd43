import { readdirSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { predictResponse } from '@inkqueue/shared/contracts/api';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { z } from 'zod';
import { type Digit, digitPng } from './pictures.ts';
import type { Running } from './processes.ts';
import { createStack } from './stack.ts';
import { until } from './until.ts';

const REQUESTS = 500;
const CONNECTIONS = 64;

const stack = createStack();
let api: Running;
let workers: Running[];
beforeAll(async () => {
  [api, ...workers] = await Promise.all([stack.api(), stack.worker(), stack.worker()]);
});
afterAll(() => stack.close());

/** How many files and sockets a process has open. */
const descriptors = ({ pid }: Running) => readdirSync(`/proc/${pid}/fd`).length;

function post(agent: Agent, image: Buffer): Promise<z.infer<typeof predictResponse>> {
  return new Promise((resolve, reject) => {
    const sent = request(
      `${api.url}/predict`,
      { agent, method: 'POST', headers: { 'content-type': 'image/png', 'content-length': image.length } },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (part: string) => {
          text += part;
        });
        response.on('end', () => {
          if (response.statusCode === 200) resolve(predictResponse.parse(JSON.parse(text)));
          else reject(new Error(`${response.statusCode}: ${text}`));
        });
      },
    );
    sent.on('error', reject);
    sent.end(image);
  });
}

test(`${REQUESTS} predictions over ${CONNECTIONS} connections each get their own result, from micro-batches`, async () => {
  const digits = Array.from({ length: 10 }, (_, value) => value as Digit);
  const images = await Promise.all(digits.map((value) => digitPng(value, { side: 56 })));
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const results = await Promise.all(Array.from({ length: REQUESTS }, (_, i) => post(agent, images[i % 10]!)));
  agent.destroy();
  expect(results.map(({ predicted_digit }) => predicted_digit)).toEqual(results.map((_, i) => i % 10));
  expect(new Set(results.map(({ id }) => id)).size).toBe(REQUESTS);
  expect(Math.max(...results.map(({ timings }) => timings.batch_size))).toBeGreaterThan(1);
}, 60_000);

test.runIf(process.platform === 'linux')(
  'ended requests leave nothing open',
  async () => {
    const image = await digitPng(7);
    const round = async () => {
      const agent = new Agent({ keepAlive: true, maxSockets: 20 });
      await Promise.all(Array.from({ length: 60 }, () => post(agent, image)));
      const left = Array.from({ length: 20 }, () => {
        const sent = request(`${api.url}/predict`, {
          method: 'POST',
          headers: { 'content-type': 'image/png' },
        });
        sent.on('error', () => {});
        sent.write(image.subarray(0, 200));
        return sent;
      });
      await fetch(`${api.url}/health/live`);
      for (const sent of left) sent.destroy();
      agent.destroy();
    };
    await round();
    const all = [api, ...workers];
    const open = () => all.map(descriptors);
    const settled = async () => {
      let before = open();
      await until('the number of open files is stable', async () => {
        const now = open();
        const same = now.every((count, i) => count === before[i]);
        before = now;
        return same;
      });
      return before;
    };
    const first = await settled();
    for (let i = 0; i < 3; i++) await round();
    // A connection that the test's own client keeps alive may come or go.
    await until(
      'as many files are open as before',
      () => open().every((count, i) => count <= first[i]! + 2),
      8_000,
    );
  },
  60_000,
);
