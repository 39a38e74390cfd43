import { prediction } from '@inkqueue/shared/contracts/prediction';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { find, problemOf } from './client.ts';
import type { Running } from './processes.ts';
import { createStack } from './stack.ts';

// Addresses in place of images. That a worker fetches one for good is tested beside the code: no test reaches the internet.

const stack = createStack();
let api: Running;
beforeAll(async () => {
  [api] = await Promise.all([
    stack.api({ FETCH_IMAGES: '1' }),
    stack.worker({ FETCH_IMAGES: '1', FETCH_TIMEOUT_MS: '2000' }),
  ]);
});
afterAll(() => stack.close());

const post = (image: string, at = api) =>
  fetch(`${at.url}/predictions`, {
    method: 'POST',
    body: JSON.stringify({ image }),
    headers: { 'content-type': 'application/json' },
  });

test.each([
  'https://127.0.0.1/7.png',
  'https://[::1]/7.png',
  'https://[::ffff:10.0.0.1]/7.png',
  'https://169.254.169.254/latest/meta-data/',
  'https://2130706433/7.png',
  'https://localhost/7.png',
  'https://user:password@example.com/7.png',
  'https://example.com:8443/7.png',
])('%s is not fetched', async (address) => {
  const response = await post(address);
  expect(response.status).toBe(202);
  const { id } = prediction.parse(await response.json());
  const ended = await find(api, id, 20);
  expect(ended).toMatchObject({ status: 'failed' });
  expect(['fetch-refused', 'fetch-failed']).toContain(ended.error?.code);
  expect(ended.error?.detail).not.toMatch(/127\.|10\.0|169\.254|ECONN|ENOTFOUND/);
});

test('the api refuses an address that is not https, and every address where FETCH_IMAGES is off', async () => {
  for (const wrong of ['http://example.com/7.png', `https://example.com/${'a'.repeat(3_000)}`, 'https://']) {
    expect(await problemOf(await post(wrong))).toMatchObject({ status: 400, code: 'invalid-request' });
  }
  const closed = await stack.api();
  const refused = await problemOf(await post('https://example.com/7.png', closed));
  expect(refused.detail).toContain('FETCH_IMAGES=1');
});
