import { connect } from 'node:net';
import getPort from 'get-port';
import { expect } from 'vitest';
import { find, form, problemOf } from './client.ts';
import { blankPage, digitPng } from './pictures.ts';
import { startReceiver, verified } from './receiver.ts';
import { until } from './until.ts';
import {
  accepted,
  env,
  SECRET,
  secretOf,
  submitTo,
  test,
  untilNonePending,
  untilReceived,
} from './webhook-stack.ts';

test('a prediction that succeeded, one that failed and one that was canceled are delivered, signed', async ({
  stack,
  receiver,
}) => {
  const [api] = await Promise.all([stack.api(env), stack.webhooks(env)]);
  const canceled = await accepted(api, receiver.url, await digitPng(3));
  await fetch(`${api.url}/predictions/${canceled}/cancel`, { method: 'POST' });
  await untilReceived(receiver, 1);
  await stack.worker();
  const succeeded = await accepted(api, receiver.url, await digitPng(4));
  const failed = await accepted(api, receiver.url, await blankPage());
  await untilReceived(receiver, 3);
  const sent = receiver.received.map((one) => verified(SECRET, one));
  expect(new Map(sent.map(({ id, status }) => [id, status]))).toEqual(
    new Map([
      [canceled, 'canceled'],
      [succeeded, 'succeeded'],
      [failed, 'failed'],
    ]),
  );
  for (const { headers, body, path } of receiver.received) {
    const { id } = JSON.parse(body);
    expect(headers).toMatchObject({ 'webhook-id': id, 'content-type': 'application/json' });
    expect(path).toBe('/hook?token=do-not-log-me');
    expect(JSON.parse(body)).toEqual(await find(api, id));
  }
  await untilNonePending(stack);
});

test('no log has an address’s path or query', async ({ stack, receiver }) => {
  const [api, webhooks] = await Promise.all([stack.api(env), stack.webhooks(env), stack.worker()]);
  await accepted(api, receiver.url, await digitPng(4));
  receiver.respondWith((response) => response.writeHead(500).end());
  await accepted(api, receiver.url, await digitPng(5));
  await submitTo(api, 'ftp://user:do-not-log-me@example.com', await digitPng(4));
  await untilReceived(receiver, 2);
  await until('it is logged', () => webhooks.tail().join().includes('"outcome":"retried"'));
  const lines = [...api.tail(), ...webhooks.tail()].join('\n');
  expect(lines).not.toContain('do-not-log-me');
  expect(lines).not.toContain('/hook');
  expect(lines).toContain(`"host":"127.0.0.1:${receiver.port}"`);
});

test('webhooks are off unless the operator has set a secret, and a bad address is refused', async ({
  stack,
}) => {
  const [off, on] = await Promise.all([stack.api(), stack.api({ WEBHOOK_SECRET: SECRET })]);
  const image = await digitPng(1);
  expect(await problemOf(await submitTo(off, 'https://example.com/hook', image))).toMatchObject({
    status: 404,
    code: 'webhooks-off',
  });
  const refused = [
    '',
    'no url',
    'http://example.com/',
    'https://user:pw@example.com/',
    'https://10.0.0.1/',
    'https://[::1]/',
  ];
  for (const webhook of [...refused, `https://example.com/${'a'.repeat(3_000)}`]) {
    const problem = await problemOf(await submitTo(on, webhook, image));
    expect(problem, webhook).toMatchObject({ status: 400, code: 'invalid-request' });
    expect(problem.detail).toContain('webhook');
  }
  expect((await submitTo(on, 'https://example.com/hook', image)).status).toBe(202);
});

test('a route that takes no webhook says which one does', async ({ stack, receiver }) => {
  const api = await stack.api(env);
  const image = await digitPng(1);
  for (const route of ['predict', 'batches']) {
    const submit = (query: string) =>
      fetch(`${api.url}/${route}?${query}`, {
        method: 'POST',
        body: form(image),
        headers: { Prefer: 'respond-async' },
      });
    expect(await problemOf(await submit(`webhook=${receiver.url}`)), route).toMatchObject({
      status: 400,
      code: 'invalid-request',
      detail: expect.stringMatching(/^In the query: webhook: .* POST \/predictions/),
    });
    expect((await submit('hook=1')).status, route).toBe(202);
  }
});

test('a malformed secret is refused at the start, in one line without it', async ({ stack }) => {
  for (const secret of ['secret', `${SECRET} whsec_c2hvcnQ=`]) {
    const start = stack.api({ WEBHOOK_SECRET: secret });
    await expect(start).rejects.toThrow(/^inkqueue api: WEBHOOK_SECRET: must be whsec_ and 24 to 64 [^\n]*$/);
  }
  await expect(stack.webhooks()).rejects.toThrow(/WEBHOOK_SECRET/);
});

test('an address that leads into the private network is refused at the delivery, for good', async ({
  stack,
  receiver,
}) => {
  const strict = { ...env, WEBHOOK_ALLOW_PRIVATE: '0' };
  const [api, webhooks] = await Promise.all([stack.api(env), stack.webhooks(strict), stack.worker()]);
  await accepted(api, receiver.url, await digitPng(4));
  await until('it is refused', () => webhooks.tail().join().includes('"outcome":"refused"'));
  await untilNonePending(stack);
  expect(receiver.received).toEqual([]);
});

test('a receiver that is down gets its delivery once it is back, with the same id', async ({
  stack,
  receiver,
}) => {
  const [api] = await Promise.all([stack.api(env), stack.webhooks(env), stack.worker()]);
  receiver.respondWith((response) => response.writeHead(503).end());
  const id = await accepted(api, receiver.url, await digitPng(4));
  await untilReceived(receiver, 1);
  receiver.respondWith((response) => response.writeHead(200).end());
  // What it was is sent although the prediction is no longer kept.
  await until('the body is kept', async () =>
    (await stack.redis.hget(`${stack.prefix}:webhooks:${id}`, 'data'))?.includes('succeeded'),
  );
  await stack.redis.del(`${stack.prefix}:predictions:${id.replaceAll('-', '').slice(0, 20)}`);
  await untilReceived(receiver, 2, 15_000);
  const [first, second] = receiver.received;
  expect(second!.headers['webhook-id']).toBe(first!.headers['webhook-id']);
  expect(second!.body).toBe(first!.body);
  expect(verified(SECRET, second!)).toMatchObject({ id, status: 'succeeded' });
  await untilNonePending(stack);
});

test('a receiver that is gone is left alone, and a redirect is not followed', async ({ stack, receiver }) => {
  const [api, webhooks] = await Promise.all([stack.api(env), stack.webhooks(env), stack.worker()]);
  receiver.respondWith((response, { path }) =>
    path.startsWith('/gone')
      ? response.writeHead(410).end()
      : response.writeHead(307, { location: `http://127.0.0.1:${receiver.port}/moved` }).end(),
  );
  const at = `http://127.0.0.1:${receiver.port}`;
  const gone = await accepted(api, `${at}/gone`, await digitPng(4));
  const moved = await accepted(api, `${at}/here`, await digitPng(5));
  await until(
    'both are logged',
    () => webhooks.tail().filter((line) => line.includes('"status":')).length === 2,
  );
  const lines = webhooks.tail().join('\n');
  expect(lines).toMatch(new RegExp(`"prediction":"${gone}".*"outcome":"refused","status":410`));
  expect(lines).toMatch(new RegExp(`"prediction":"${moved}".*"outcome":"retried","status":307`));
  expect(receiver.received.map(({ path }) => path).sort()).toEqual(['/gone', '/here']);
  expect(await stack.redis.exists(`${stack.prefix}:webhooks:${gone}`)).toBe(0);
  expect(await stack.redis.exists(`${stack.prefix}:webhooks:${moved}`)).toBe(1);
});

test('a receiver that does not respond holds nobody else up, and has the quarter of the places', async ({
  stack,
  receiver,
}) => {
  const few = { ...env, WEBHOOK_CONCURRENCY: '8' };
  const [api, webhooks] = await Promise.all([stack.api(env), stack.webhooks(few), stack.worker()]);
  // Another server: all ports of one address share its places.
  const silent = await startReceiver({ address: '127.0.0.2', respond: () => {} });
  const image = await digitPng(4);
  await Promise.all(Array.from({ length: 12 }, () => accepted(api, silent.url, image)));
  await until('its places are taken', () => silent.received.length === 2);
  await Promise.all(Array.from({ length: 5 }, () => accepted(api, receiver.url, image)));
  await untilReceived(receiver, 5, 5_000);
  expect(silent.received).toHaveLength(2);
  await until('it is too slow', () => webhooks.tail().join().includes('no response within 15 s'), 20_000);
  silent.close();
}, 60_000);

test('a request that is repeated with its Idempotency-Key brings one delivery', async ({
  stack,
  receiver,
}) => {
  const [api] = await Promise.all([stack.api(env), stack.webhooks(env), stack.worker()]);
  const image = await digitPng(4);
  const key = { 'Idempotency-Key': '"one"' };
  const responses = await Promise.all([1, 2, 3].map(() => submitTo(api, receiver.url, image, key)));
  const ids = await Promise.all(responses.map(async (response) => (await response.json()).id));
  expect(new Set(ids).size).toBe(1);
  await untilReceived(receiver, 1);
  expect((await submitTo(api, receiver.url, image, key)).headers.get('Idempotency-Replayed')).toBe('true');
  expect(await problemOf(await submitTo(api, `${receiver.url}2`, image, key))).toMatchObject({
    code: 'idempotency-mismatch',
  });
  await untilNonePending(stack);
  expect(receiver.received).toHaveLength(1);
});

test('while one secret replaces another, a receiver that has either verifies what comes', async ({
  stack,
  receiver,
}) => {
  const both = { ...env, WEBHOOK_SECRET: `${secretOf(2)} ${SECRET}` };
  const [api] = await Promise.all([stack.api(both), stack.webhooks(both), stack.worker()]);
  await accepted(api, receiver.url, await digitPng(4));
  await untilReceived(receiver, 1);
  const [one] = receiver.received;
  expect(verified(SECRET, one!)).toEqual(verified(secretOf(2), one!));
  expect(() => verified(secretOf(3), one!)).toThrow();
});

test('a deleted prediction is not delivered', async ({ stack, receiver }) => {
  const api = await stack.api(env);
  const id = await accepted(api, receiver.url, await digitPng(4));
  expect((await fetch(`${api.url}/predictions/${id}`, { method: 'DELETE' })).status).toBe(204);
  await untilNonePending(stack);
});

test('a prediction that is deleted after its time takes its delivery with it', async ({
  stack,
  receiver,
}) => {
  const brief = { ...env, RESULT_TTL_SECONDS: '1' };
  const [api] = await Promise.all([stack.api(brief), stack.webhooks(brief), stack.worker()]);
  receiver.respondWith((response) => response.writeHead(500).end());
  const id = await accepted(api, receiver.url, await digitPng(4));
  await untilReceived(receiver, 1);
  const gone = await until('it is no longer kept', async () => {
    const response = await fetch(`${api.url}/predictions/${id}`);
    return response.status === 410 && fetch(`${api.url}/predictions/${id}`, { method: 'DELETE' });
  });
  expect(await problemOf(gone)).toMatchObject({ code: 'prediction-expired' });
  await untilNonePending(stack);
  expect(receiver.received).toHaveLength(1);
});

/** What Redis runs, in its own words: MONITOR of ioredis breaks where another client leaves in its first moment. */
function monitor(url: string) {
  const { hostname, port } = new URL(url);
  let text = '';
  const socket = connect(Number(port), hostname).setEncoding('utf8');
  socket.on('data', (chunk: string) => {
    text += chunk;
  });
  socket.write('MONITOR\r\n');
  return { text: () => text, close: () => socket.destroy() };
}

test('without a webhook, Redis hears nothing of deliveries', async ({ stack, receiver }) => {
  const port = await getPort();
  const api = await stack.api({ ...env, METRICS_PORT: String(port) });
  const image = await digitPng(4);
  const commands = monitor(stack.redisUrl);
  await until('Redis is watched', () => commands.text().includes('+OK'));
  const response = await fetch(`${api.url}/predictions`, { method: 'POST', body: form(image) });
  expect(response.status).toBe(202);
  await stack.redis.echo(`${stack.prefix} was asked`);
  await until('its commands are seen', () => commands.text().includes(`${stack.prefix} was asked`));
  expect(commands.text()).toContain(`${stack.prefix}:predictions`);
  expect(commands.text()).not.toContain(`${stack.prefix}:webhooks`);
  await accepted(api, receiver.url, image);
  await until('a delivery is recorded', () => commands.text().includes(`${stack.prefix}:webhooks`));
  commands.close();
  const metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  expect(metrics).toMatch(/^inkqueue_webhook_deliveries_pending 1$/m);
  await until('it is overdue', async () =>
    /^inkqueue_webhook_overdue_seconds [0-9.]*[1-9]/m.test(
      await (await fetch(`http://127.0.0.1:${port}/metrics`)).text(),
    ),
  );
});
