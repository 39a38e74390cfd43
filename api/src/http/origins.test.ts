import type { IncomingMessage } from 'node:http';
import { describe, expect, test } from 'vitest';
import { createOrigins } from './origins.ts';

const from = (origin: string | undefined, host: string, forwarded?: string) =>
  ({ headers: { origin, host, 'x-forwarded-host': forwarded } }) as unknown as IncomingMessage;

describe('a socket may be opened', () => {
  const origins = createOrigins({ allowed: ['https://listed.example'], trustProxy: false });

  test.each([
    ['by a program', undefined, 'inkqueue.example'],
    ['by a page of a listed origin', 'https://listed.example', 'inkqueue.example'],
    ['by the page of this host', 'http://inkqueue.example:8000', 'inkqueue.example:8000'],
    [
      'by the page of this host, whose port is the default',
      'https://inkqueue.example',
      'inkqueue.example:443',
    ],
    ['by the page of this host, in other letters', 'http://inkqueue.example', 'Inkqueue.Example:80'],
  ])('%s', (_, origin, host) => {
    expect(origins.admits(from(origin, host))).toBe(true);
  });

  test.each([
    ['a page of another host', 'https://other.example', 'inkqueue.example'],
    ['a page of another port', 'http://inkqueue.example:3000', 'inkqueue.example:8000'],
    ['a page without an origin of its own', 'null', 'inkqueue.example'],
    [
      'a page of the forwarded host, with no proxy to trust',
      'https://public.example',
      'inner:8000',
      'public.example',
    ],
  ])('not by %s', (_, origin, host, forwarded?: string) => {
    expect(origins.admits(from(origin, host, forwarded))).toBe(false);
  });
});

test('behind a proxy the host is the one that the browser asked', () => {
  const origins = createOrigins({ allowed: [], trustProxy: true });
  expect(origins.admits(from('https://public.example', 'inner:8000', 'public.example, inner'))).toBe(true);
  expect(origins.admits(from('https://other.example', 'inner:8000', 'public.example'))).toBe(false);
});
