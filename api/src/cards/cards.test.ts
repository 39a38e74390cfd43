import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import type { Prediction } from '@inkqueue/shared/contracts/prediction';
import Koa from 'koa';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ProblemError } from '../errors.ts';
import type { CardResult } from './card.ts';
import { createCards } from './cards.ts';

/** Predictions by id: what was read of each. */
let found: Map<string, string>;
/** What was drawn, in its order, and how many were at most drawn at once. */
let drawn: (string | null)[];
let atOnce: { now: number; most: number };
let failure: Error | null;
let server: Server;
let url: string;

async function find(id: string): Promise<Pick<Prediction, 'result'>> {
  const text = found.get(id);
  if (text === undefined) throw new ProblemError('prediction-expired', 'The prediction is no longer kept.');
  return { result: { text, confidence: 0.9, uncertain: false } as Prediction['result'] };
}

async function draw(result: CardResult | null): Promise<Buffer> {
  drawn.push(result?.text ?? null);
  atOnce.most = Math.max(atOnce.most, ++atOnce.now);
  await turn();
  atOnce.now--;
  if (failure) throw failure;
  return Buffer.from(`card of ${result?.text}`);
}

beforeEach(async () => {
  found = new Map([
    ['a', '7'],
    ['b', '42'],
  ]);
  drawn = [];
  atOnce = { now: 0, most: 0 };
  failure = null;
  const sendCard = createCards({ find, draw });
  const app = new Koa();
  app.silent = true;
  app.use((ctx) => sendCard(ctx, ctx.path.slice(1)));
  server = createServer(app.callback());
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => void server.close());

async function get(id: string, headers: Record<string, string> = {}) {
  const response = await fetch(`${url}/${id}`, { headers });
  return {
    status: response.status,
    tag: response.headers.get('etag'),
    caching: response.headers.get('cache-control'),
    text: await response.text(),
  };
}

test('crawlers that come together share one drawing, and so do those that come later', async () => {
  const cards = await Promise.all([get('a'), get('a'), get('a')]);
  cards.push(await get('a'));
  expect(new Set(cards.map(({ text }) => text))).toEqual(new Set(['card of 7']));
  expect(drawn).toEqual(['7']);
});

test('cards are drawn one at a time', async () => {
  const texts = (await Promise.all(['a', 'b', 'gone'].map((id) => get(id)))).map(({ text }) => text);
  expect(texts).toEqual(['card of 7', 'card of 42', 'card of undefined']);
  expect(drawn).toHaveLength(3);
  expect(atOnce.most).toBe(1);
});

test('a crawler that has the card gets 304 without a drawing, until the prediction is gone', async () => {
  const { tag, caching } = await get('a');
  expect(caching).toBe('public, max-age=3600');
  found.set('c', '42');
  const { tag: other } = await get('c');
  expect(other).not.toBe(tag);
  // Else Node.js's fetch sends no-cache with the tag.
  const known = { 'If-None-Match': tag!, 'Cache-Control': 'max-age=0' };
  expect(await get('a', known)).toEqual({ status: 304, tag, caching, text: '' });
  expect(drawn).toEqual(['7', '42']);
  found.delete('a');
  expect(await get('a', known)).toMatchObject({ status: 200, caching: 'public, max-age=60' });
});

test('a card that could not be drawn is drawn for the next crawler', async () => {
  failure = new Error('no memory');
  expect((await get('a')).status).toBe(500);
  failure = null;
  expect(await get('a')).toMatchObject({ status: 200, text: 'card of 7' });
});

test('the cards wanted last are kept, and no more than 64', async () => {
  for (let i = 0; i < 64; i++) {
    found.set(`n${i}`, `number ${i}`);
    await get(`n${i}`);
  }
  await get('n0');
  await get('a');
  drawn = [];
  await get('n0');
  await get('n1');
  expect(drawn).toEqual(['number 1']);
});
