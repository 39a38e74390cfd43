import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { predict, problemOf } from './client.ts';
import { digitPng } from './pictures.ts';
import type { Running } from './processes.ts';
import { createStack } from './stack.ts';

const stack = createStack();
let api: Running;

beforeAll(async () => {
  [api] = await Promise.all([stack.api(), stack.worker()]);
});
afterAll(() => stack.close());

describe('there is no such thing as', () => {
  test.each([
    ['a path', '/nothing', 404, 'not-found'],
    ['a path that is not valid URL encoding', '/%E0%A4%A', 404, 'not-found'],
    ['a path of the page that is not valid URL encoding', '/ui/models/%E0', 404, 'not-found'],
    ['an id that is not valid URL encoding', '/predictions/%E0%A4%A', 404, 'prediction-not-found'],
    ['an id that is not a UUID', '/predictions/7', 404, 'prediction-not-found'],
    ['a UUID of version 4', '/predictions/5b6cf3c1-6a07-4a3c-9f0e-0d4b6f1c2a3b', 404, 'prediction-not-found'],
    ['a forged UUIDv7', '/predictions/0193a1b2-c3d4-7e5f-8a6b-0c1d2e3f4a5b', 404, 'prediction-not-found'],
    ['a model', '/models/nothing', 404, 'model-not-found'],
    ['an asset of the page', '/ui/assets/nothing.js', 404, 'not-found'],
    ['a file of the page', '/ui/nothing.png', 404, 'not-found'],
    ['a place of the page', '/ui/nothing', 404, 'not-found'],
    ['a path below a place of the page', '/ui/p/a/b', 404, 'not-found'],
    ['the folder of the page’s assets', '/ui/assets', 404, 'not-found'],
    ['a file above the page', '/ui/assets/..%2f..%2f..%2fpackage.json', 400, 'invalid-request'],
    ['an asset of the documentation', '/docs/assets/nothing.js', 404, 'not-found'],
  ])('%s', async (_, path, status, code) => {
    expect(await problemOf(await fetch(api.url + path))).toMatchObject({ status, code });
  });

  test.each([
    ['GET', '/predict', 'POST'],
    ['DELETE', '/predictions', 'POST, HEAD, GET'],
    ['POST', '/models', 'HEAD, GET'],
  ])('%s %s', async (method, path, allow) => {
    const response = await fetch(api.url + path, { method });
    expect(response.headers.get('allow')).toBe(allow);
    expect(await problemOf(response)).toMatchObject({ status: 405, code: 'method-not-allowed' });
  });

  test.each([
    ['upper case', (id: string) => id.toUpperCase()],
    ['without dashes', (id: string) => id.replaceAll('-', '')],
    ['with a tail', (id: string) => `${id}0`],
  ])('an issued id, written %s', async (_, rewrite) => {
    const { id } = await predict(api, await digitPng(1));
    expect(await problemOf(await fetch(`${api.url}/predictions/${rewrite(id)}`))).toMatchObject({
      status: 404,
      code: 'prediction-not-found',
    });
  });
});
