import { batchAccepted, batchProgress } from '@inkqueue/shared/contracts/batch';
import { prediction } from '@inkqueue/shared/contracts/prediction';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { find, form, predict, problemOf, submit } from './client.ts';
import { followEvents } from './events.ts';
import { digitPng } from './pictures.ts';
import type { Running } from './processes.ts';
import { createStack, type Stack } from './stack.ts';
import { until } from './until.ts';

// Server-sent events, over two api processes.

let stack: Stack;
let api: Running;
let other: Running;
let seven: Buffer;
beforeAll(async () => {
  seven = await digitPng(7);
});
beforeEach(async () => {
  stack = createStack();
  [api, other] = await Promise.all([stack.api(), stack.api()]);
});
afterEach(() => stack.close());

const statuses = (events: { data: unknown }[]) => events.map(({ data }) => prediction.parse(data).status);

test('a prediction is followed from where it is to its end, and the stream ends', async () => {
  const { id, urls } = await submit(api, seven);
  const stream = await followEvents(other.url + urls.events);
  expect(stream.response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
  expect(stream.response.headers.get('x-accel-buffering')).toBe('no');
  await until('the first event is there', () => stream.events.length === 1);
  expect(stream.retry()).toBe(2_000);
  await stack.worker();
  await stream.ended;
  expect(statuses(stream.events)).toEqual(['queued', 'running', 'succeeded']);
  expect(stream.events.map((event) => event.name)).toEqual(['prediction', 'prediction', 'prediction']);
  expect(stream.events.at(-1)?.data).toEqual(await find(api, id));
});

test('a client that comes back gets what it missed, and nothing that it has', async () => {
  const { id, urls } = await submit(api, seven);
  const first = await followEvents(api.url + urls.events);
  await until('it has the first event', () => first.events.length === 1);
  first.leave();
  await first.ended.catch(() => {});
  const last = first.events[0]!.id;
  const again = await followEvents(other.url + urls.events, { headers: { 'Last-Event-ID': last } });
  await stack.worker();
  await again.ended;
  expect(statuses(again.events)).toEqual(['running', 'succeeded']);
  const late = await followEvents(api.url + urls.events, { headers: { 'Last-Event-ID': last } });
  await late.ended;
  expect(statuses(late.events)).toEqual(['succeeded']);
  const all = await fetch(api.url + urls.events, { headers: { 'Last-Event-ID': late.events[0]!.id } });
  expect(all.status).toBe(204);
  expect((await find(api, id)).status).toBe('succeeded');
});

test('POST /predictions answers with the events itself where the client asks for them', async () => {
  await stack.worker();
  const stream = await followEvents(`${api.url}/predictions`, {
    method: 'POST',
    body: form(seven),
    headers: { Accept: 'text/event-stream' },
  });
  expect(stream.response.status).toBe(200);
  await stream.ended;
  const seen = statuses(stream.events);
  expect(seen.at(-1)).toBe('succeeded');
  const location = stream.response.headers.get('location');
  expect(location).toBe(prediction.parse(stream.events[0]?.data).urls.self);
  const wrong = await fetch(`${api.url}/predictions`, {
    method: 'POST',
    body: form(Buffer.from('no picture')),
    headers: { Accept: 'text/event-stream' },
  });
  expect(await problemOf(wrong)).toMatchObject({ code: 'unsupported-format' });
});

test('a batch is followed to its end; a cancel is an end', async () => {
  const body = new FormData();
  for (let i = 0; i < 3; i++) body.append('file', new Blob([new Uint8Array(seven)]), `${i}.png`);
  const accepted = await (await fetch(`${api.url}/batches`, { method: 'POST', body })).json();
  const { id, predictions } = batchAccepted.parse(accepted);
  const stream = await followEvents(`${other.url}/batches/${id}/events`);
  await until('it has begun', () => stream.events.length === 1);
  await fetch(`${api.url}/predictions/${predictions[0]!.id}/cancel`, { method: 'POST' });
  await until('the cancel is told', () => stream.events.length === 2);
  await stack.worker();
  await stream.ended;
  const last = batchProgress.parse(stream.events.at(-1)?.data);
  expect(last).toMatchObject({ finished: true, counts: { succeeded: 2, canceled: 1 } });
});

test('there is no stream of what there is not', async () => {
  const unknown = await fetch(`${api.url}/predictions/01234567-89ab-7def-8123-456789abcdef/events`);
  expect(await problemOf(unknown)).toMatchObject({ status: 404, code: 'prediction-not-found' });
  const none = await fetch(`${api.url}/batches/none/events`);
  expect(await problemOf(none)).toMatchObject({ status: 404, code: 'batch-not-found' });
});

test('an api that stops ends its streams', async () => {
  const { urls } = await submit(api, seven);
  const stream = await followEvents(api.url + urls.events);
  await until('it has begun', () => stream.events.length === 1);
  const stopping = performance.now();
  await api.stop();
  await stream.ended;
  expect(performance.now() - stopping).toBeLessThan(5_000);
  await stack.worker();
  await predict(other, seven);
});
