import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { predict, problemOf } from './client.ts';
import { digitPng } from './pictures.ts';
import type { Running } from './processes.ts';
import { createStack } from './stack.ts';

const BROWSER = { accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' };

const stack = createStack();
let api: Running;
beforeAll(async () => {
  [api] = await Promise.all([stack.api(), stack.worker()]);
});
afterAll(() => stack.close());

test('a browser that asks for / gets the page, a program the service’s description', async () => {
  const page = await fetch(`${api.url}/`, { headers: BROWSER });
  expect([page.status, new URL(page.url).pathname]).toEqual([200, '/ui/']);
  const program = await fetch(`${api.url}/`);
  expect(program.headers.get('vary')).toMatch(/\bAccept\b(?!-)/);
  expect(await program.json()).toMatchObject({ name: 'inkqueue' });
});

test.each(['/nothing', '/ui/nothing', '/ui/p/a/b', '/ui/assets/nothing.js'])(
  'a browser that asks for %s gets a page that helps, and still 404',
  async (path) => {
    const response = await fetch(api.url + path, { headers: BROWSER });
    expect(response.status).toBe(404);
    expect(response.headers.get('content-type')).toContain('text/html');
    expect(response.headers.get('cache-control')).toBe('no-cache');
    expect(await response.text()).toContain('<base href="/ui/"');
  },
);

test('a prediction that there is not stays a problem to a browser too', async () => {
  const response = await fetch(`${api.url}/predictions/7`, { headers: BROWSER });
  expect(await problemOf(response)).toMatchObject({ code: 'prediction-not-found' });
});

describe('the card of a link', () => {
  const cardOf = async (id: string) => {
    const response = await fetch(`${api.url}/ui/p/${id}/card.png`);
    expect(response.headers.get('content-type')).toBe('image/png');
    return {
      body: Buffer.from(await response.arrayBuffer()),
      caching: response.headers.get('cache-control'),
    };
  };

  test('shows the result, at the address that the page names', async () => {
    const { id } = await predict(api, await digitPng(7));
    const html = await (await fetch(`${api.url}/ui/p/${id}`)).text();
    expect(html).toContain(`content="${api.url}/ui/p/${id}/card.png"`);
    const { body, caching } = await cardOf(id);
    expect(await sharp(body).metadata()).toMatchObject({ width: 1200, height: 630 });
    expect(caching).toBe('public, max-age=3600');
  });

  test('is sent to a crawler once', async () => {
    const { id } = await predict(api, await digitPng(7));
    const address = `${api.url}/ui/p/${id}/card.png`;
    const etag = (await fetch(address)).headers.get('etag')!;
    // Else Node.js's fetch sends no-cache with the tag.
    const headers = { 'If-None-Match': etag, 'Cache-Control': 'max-age=0' };
    const again = await fetch(address, { headers });
    expect([again.status, again.headers.get('cache-control')]).toEqual([304, 'public, max-age=3600']);
  });

  test('is the service’s own where there is no result', async () => {
    const [unknown, other] = await Promise.all([cardOf('0193a1b2-c3d4-7e5f-8a6b-0c1d2e3f4a5b'), cardOf('7')]);
    expect(unknown.body.equals(other.body)).toBe(true);
    expect(unknown.caching).toBe('public, max-age=60');
  });
});
