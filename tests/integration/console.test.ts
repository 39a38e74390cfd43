import { hostname } from 'node:os';
import { consoleState } from '@inkqueue/shared/contracts/console';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { find, form, postPredict, predict, problemOf, submit } from './client.ts';
import { blankPage, digitPng } from './pictures.ts';
import { createStack, type Stack } from './stack.ts';

const PASSWORD = 'twelve letters';

let stack: Stack;
beforeEach(() => {
  stack = createStack();
});
afterEach(async () => {
  await stack.redis.del(`${stack.prefix}:audit`);
  await stack.close();
});

const startApi = (env: NodeJS.ProcessEnv = {}) => stack.api({ CONSOLE_PASSWORD: PASSWORD, ...env });
const basic = (password: string) => ({ Authorization: `Basic ${btoa(`ada:${password}`)}` });
const at = (api: { url: string }, path: string, init: RequestInit = {}) =>
  fetch(`${api.url}/console${path}`, {
    redirect: 'manual',
    ...init,
    headers: { ...basic(PASSWORD), ...init.headers },
  });
const post = (api: { url: string }, path: string, headers: HeadersInit = {}) =>
  at(api, path, { method: 'POST', headers });

test('there is no console without a password', async () => {
  const api = await stack.api();
  expect((await at(api, '')).status).toBe(404);
});

test('the console asks for its password', async () => {
  const api = await startApi();
  const asked = await fetch(`${api.url}/console`);
  expect(asked.status).toBe(401);
  expect(asked.headers.get('www-authenticate')).toContain('Basic');
  for (const path of ['', '/board', '/board/api/queues', '/actions/purge']) {
    const wrong = await fetch(`${api.url}/console${path}`, {
      method: 'GET',
      headers: basic('something else'),
    });
    expect(wrong.status).toBe(401);
  }
  expect((await at(api, '')).status).toBe(200);
});

test('it shows the queue, acts, and notes who did what; an action is not done again by loading the page again', async () => {
  const api = await startApi();
  const { id } = await submit(api, await digitPng(4));
  expect(await (await at(api, '')).text()).toContain('1 wait or run');
  const acted = await post(api, '/actions/purge');
  expect(acted.status).toBe(303);
  expect(acted.headers.get('location')).toBe('/console?done');
  expect(await find(api, id)).toMatchObject({ status: 'canceled' });
  const text = await (await at(api, '?done')).text();
  expect(text).toContain('<p class="done" role="status">1 prediction that waited is canceled.</p>');
  expect(text).toMatch(/<td>purge<\/td><td>ada, from [\d.:a-f]+<\/td>/);
  expect((await at(api, '/actions/purge')).headers.get('location')).toBe('/console');
  for (const none of ['explode', 'constructor'])
    expect((await post(api, `/actions/${none}`)).status).toBe(404);
});

test('a page of another host cannot act with the password that a browser remembers', async () => {
  const api = await startApi();
  const { id } = await submit(api, await digitPng(4));
  for (const origin of ['https://evil.example', 'null']) {
    expect((await post(api, '/actions/purge', { Origin: origin })).status).toBe(400);
  }
  expect(await find(api, id)).toMatchObject({ status: 'queued' });
  expect((await post(api, '/actions/purge', { Origin: api.url })).status).toBe(303);
});

test('Bull Board shows jobs, asks no other host for anything, and changes nothing', async () => {
  const [api] = await Promise.all([startApi(), stack.worker()]);
  const { id } = await predict(api, await digitPng(4));
  const page = await (await at(api, '/board')).text();
  expect(page).toContain('<title>Inkqueue</title>');
  expect(page).not.toMatch(/(?:href|src)="https?:/);
  const { queues } = await (
    await at(api, '/board/api/queues?activeQueue=predictions&status=completed')
  ).json();
  const [{ name, jobs, readOnlyMode }] = queues;
  expect({ name, readOnlyMode, jobs: jobs.length }).toEqual({
    name: 'predictions',
    readOnlyMode: true,
    jobs: 1,
  });
  const job = `/board/api/queues/predictions/${jobs[0].id}`;
  for (const action of ['retry/completed', 'clean', 'promote']) {
    const refused = await at(api, `${job}/${action}`, { method: 'PUT' });
    expect(refused.status).toBeGreaterThanOrEqual(400);
  }
  expect(
    (await at(api, '/board/api/queues/predictions/pause', { method: 'PUT' })).status,
  ).toBeGreaterThanOrEqual(400);
  expect(await find(api, id)).toMatchObject({ status: 'succeeded', result: { predicted_digit: 4 } });
});

test('the console works below a base path', async () => {
  const api = await startApi({ BASE_PATH: '/digits' });
  const below = { url: `${api.url}/digits` };
  const page = await (await at(below, '')).text();
  expect(page).toContain('href="/digits/console/console.css"');
  expect((await at(below, '/console.css')).headers.get('content-type')).toContain('text/css');
  expect((await post(below, '/actions/pause')).headers.get('location')).toBe('/digits/console?done');
  expect(await (await at(below, '/board')).text()).toContain('<base href="/digits/console/board/"');
  await post(below, '/actions/resume');
});

test('the page gets what operators alone see, and acts by the same actions, as JSON', async () => {
  const [api] = await Promise.all([startApi(), stack.worker()]);
  expect((await fetch(`${api.url}/console/state`)).status).toBe(401);
  const failed = await postPredict(api, form(await blankPage()));
  const { prediction_id } = await problemOf(failed);
  await expect
    .poll(async () => (await at(api, '/state')).json(), { timeout: 10_000 })
    .toMatchObject({
      workers: [{ host: hostname(), pid: expect.any(Number) }],
      failures: [{ id: prediction_id, code: 'no-ink' }],
      audit: [],
    });
  const json = { Accept: 'application/json', Origin: api.url };
  await post(api, '/actions/pause', json);
  await submit(api, await digitPng(4));
  const purged = await post(api, '/actions/purge', json);
  expect([purged.status, await purged.json()]).toEqual([200, { action: 'purge', count: 1 }]);
  const resumed = await post(api, '/actions/resume', json);
  expect(await resumed.json()).toEqual({ action: 'resume', count: null });
  const { audit } = consoleState.parse(await (await at(api, '/state')).json());
  expect(audit.map(({ action }) => action)).toEqual(['resume', 'purge', 'pause']);
  for (const origin of ['https://evil.example', 'null'])
    expect((await post(api, '/actions/purge', { ...json, Origin: origin })).status).toBe(400);
});
