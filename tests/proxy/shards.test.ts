import { subscribeReply } from '@inkqueue/shared/contracts/live';
import getPort from 'get-port';
import { io } from 'socket.io-client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { form } from '../integration/client.ts';
import { digitPng } from '../integration/pictures.ts';
import type { Running } from '../integration/processes.ts';
import { createStack } from '../integration/stack.ts';
import { until } from '../integration/until.ts';
import { runNginx, shipped } from './run.ts';

/** Two installations that share nothing: what each has in Redis has its own prefix. */
const shards = { a: createStack(), b: createStack() };
let url: string;
let image: Buffer;
let stop: () => Promise<void>;

beforeAll(async () => {
  const api = ({ api }: ReturnType<typeof createStack>, path: string) =>
    api({ TRUST_PROXY: '1', BASE_PATH: path });
  const [a, b] = await Promise.all([api(shards.a, '/a'), api(shards.b, '/b')]);
  await Promise.all([shards.a.worker(), shards.b.worker()]);
  image = await digitPng(7);
  const port = await getPort();
  const host = ({ url }: Running) => new URL(url).host;
  stop = runNginx(
    shipped('nginx-shards.conf')
      .replaceAll('a-api:8000', host(a))
      .replaceAll('b-api:8000', host(b))
      .replace('listen 80;', `listen 127.0.0.1:${port};`),
  );
  url = `http://127.0.0.1:${port}`;
  await until('both shards read', async () => {
    const all = await Promise.all(
      ['/a', '/b'].map((path) => fetch(`${url}${path}/health/serving`).catch(() => null)),
    );
    return all.every((response) => response?.status === 200);
  });
});
afterAll(async () => {
  await stop();
  await shards.a.close();
  await shards.b.close();
});

async function submit(headers: HeadersInit = {}) {
  const response = await fetch(`${url}/predictions`, { method: 'POST', body: form(image), headers });
  expect(response.ok).toBe(true);
  const { id, urls } = await response.json();
  return { id: String(id), self: String(urls.self), shard: String(urls.self).slice(0, 2) };
}

/** One prediction of each shard. */
async function submitToBoth() {
  const found = new Map<string, Awaited<ReturnType<typeof submit>>>();
  await until('both shards have taken a picture in', async () => {
    const submitted = await submit();
    found.set(submitted.shard, submitted);
    return found.size === 2;
  });
  return [...found.values()];
}

const idOf = async (response: Response) => (await response.json()).id;

test('links lead to the shard that took the picture in, and to no other', async () => {
  for (const { id, self, shard } of await submitToBoth()) {
    const response = await fetch(`${url}${self}?wait=10`);
    expect(await response.json()).toMatchObject({ id, status: 'succeeded', result: { predicted_digit: 7 } });
    const elsewhere = shard === '/a' ? '/b' : '/a';
    expect((await fetch(`${url}${elsewhere}/predictions/${id}`)).status).toBe(404);
  }
});

test('an id without its shard is found at whichever has it, to read and to delete', async () => {
  for (const { id } of await submitToBoth()) {
    expect(await idOf(await fetch(`${url}/predictions/${id}?wait=10`))).toBe(id);
    expect((await fetch(`${url}/predictions/${id}`, { method: 'DELETE' })).status).toBe(204);
    expect((await fetch(`${url}/predictions/${id}`)).status).toBe(410);
  }
  expect((await fetch(`${url}/predictions/01a20e08-2f9d-7d56-9591-00d750e5ed50`)).status).toBe(404);
});

test('an Idempotency-Key makes one prediction, however often it comes', async () => {
  for (let key = 0; key < 4; key++) {
    const headers = { 'Idempotency-Key': `"key-${key}"` };
    const { id } = await submit(headers);
    expect((await submit(headers)).id).toBe(id);
  }
});

test('the page stays at the shard that it was opened from, and its socket knows that shard’s predictions', async () => {
  const page = await (await fetch(`${url}/ui/`)).text();
  expect(page).toMatch(/<base href="\/[ab]\/ui\/" \/>/);
  for (const { id, shard } of await submitToBoth()) {
    const socket = io(url, { path: `${shard}/socket.io/`, transports: ['websocket'], forceNew: true });
    const reply = await socket.timeout(5_000).emitWithAck('subscribe', { topic: 'prediction', id });
    expect(subscribeReply('prediction').parse(reply)).toMatchObject({ ok: true, snapshot: { id } });
    socket.close();
  }
});
