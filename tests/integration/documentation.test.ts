import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { submit } from './client.ts';
import { digitPng } from './pictures.ts';
import type { Running } from './processes.ts';
import { createStack } from './stack.ts';

const stack = createStack();
let api: Running;
beforeAll(async () => {
  api = await stack.api();
});
afterAll(() => stack.close());

describe('the documentation page', () => {
  test('loads nothing from another origin, and everything that it loads exists', async () => {
    const response = await fetch(`${api.url}/docs`);
    expect(response.headers.get('content-type')).toContain('text/html');
    const html = await response.text();
    const loaded = [...html.matchAll(/<(?:script|link|img)\b[^>]*?(?:src|href)="([^"]+)"/g)].map(
      ([, at]) => at!,
    );
    expect(loaded.length).toBeGreaterThanOrEqual(3);
    for (const at of loaded) {
      const asset = new URL(at, `${api.url}/docs`);
      expect(asset.origin).toBe(api.url);
      expect((await fetch(asset)).status, at).toBe(200);
    }
    expect(html).not.toMatch(/https?:\/\/(?!www\.w3\.org)/);
    expect(html).toContain('/openapi.json');
  });

  test('runs only its own scripts', async () => {
    const policy = (await fetch(`${api.url}/docs`)).headers.get('content-security-policy') ?? '';
    const scripts = policy.split(';').find((directive) => directive.trim().startsWith('script-src'));
    expect(scripts).toMatch(/'sha256-/);
    expect(scripts).not.toContain('unsafe');
  });

  test('has the security headers, as every response has', async () => {
    const { id } = await submit(api, await digitPng(1));
    const { headers } = await fetch(`${api.url}/predictions/${id}`);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toContain("default-src 'self'");
  });
});
