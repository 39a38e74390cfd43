import { once } from 'node:events';
import { connect } from 'node:net';
import { prediction } from '@inkqueue/shared/contracts/prediction';
import getPort from 'get-port';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { find, form, postPredict, submit } from './client.ts';
import { digitPng } from './pictures.ts';
import { launchRole } from './processes.ts';
import { waitingImages } from './queue.ts';
import { createStack, type Stack, sharedRedisUrl } from './stack.ts';
import { connectSubscriber } from './subscriber.ts';
import { until } from './until.ts';

let stack: Stack;
beforeEach(() => {
  stack = createStack();
});
afterEach(() => stack.close());

describe('SIGTERM to the api', () => {
  test('waiting requests get 202, and the work goes on', async () => {
    const api = await stack.api({ PREDICT_TIMEOUT_MS: '60000' });
    const image = await digitPng(2);
    const { id } = await submit(api, image);
    const subscriber = await connectSubscriber(api);
    await subscriber.subscribe({ topic: 'prediction', id });
    const lost = once(subscriber.socket as never, 'disconnect');
    const waiting = [1, 2, 3].map(() => postPredict(api, form(image)));
    const polling = find(api, id, 60);
    const length = () => waitingImages(stack.redis, stack.prefix);
    await until('all wait in the queue', async () => (await length()) === 4);

    const start = performance.now();
    await api.stop();
    // Connections that clients keep alive don't delay it.
    expect(performance.now() - start).toBeLessThan(3_000);
    const responses = await Promise.all(waiting);
    expect(responses.map(({ status }) => status)).toEqual([202, 202, 202]);
    const pending = await Promise.all(
      responses.map(async (response) => prediction.parse(await response.json())),
    );
    expect(await polling).toMatchObject({ id, status: 'queued' });
    await lost;
    subscriber.close();

    const [next] = await Promise.all([stack.api(), stack.worker()]);
    for (const { id } of pending) {
      expect(await find(next, id, 20)).toMatchObject({ status: 'succeeded', result: { predicted_digit: 2 } });
    }
  });

  test('an upload that never ends does not delay it for long', async () => {
    const api = await stack.api({ SHUTDOWN_TIMEOUT_MS: '1000' });
    const { hostname, port } = new URL(api.url);
    const slow = connect(Number(port), hostname);
    slow.on('error', () => {});
    await once(slow, 'connect');
    slow.write(
      'POST /predict HTTP/1.1\r\nhost: x\r\ncontent-type: image/png\r\ncontent-length: 9000\r\n\r\nx',
    );
    // The api has the request once it has responded to a later one.
    await fetch(`${api.url}/health/live`);
    const closed = once(slow, 'close');
    await api.stop();
    await closed;
  });

  test('a request that arrives after it gets 202 at once too', async () => {
    const api = await stack.api({ PREDICT_TIMEOUT_MS: '60000' });
    const { hostname, port } = new URL(api.url);
    const image = await digitPng(2);
    const slow = connect(Number(port), hostname);
    await once(slow, 'connect');
    slow.write(
      `POST /predict HTTP/1.1\r\nhost: x\r\ncontent-type: image/png\r\ncontent-length: ${image.length}\r\n\r\n`,
    );
    slow.write(image.subarray(0, 100));
    await fetch(`${api.url}/health/live`);
    api.signal('SIGTERM');
    await until('the api takes no new connection', () =>
      fetch(`${api.url}/health/live`).then(
        () => false,
        () => true,
      ),
    );
    slow.write(image.subarray(100));
    const [response] = await once(slow, 'data');
    expect(String(response)).toMatch(/^HTTP\/1.1 202 /);
    expect(await api.ended).toBe('exit code 0');
  });
});

describe.each(['api', 'worker'] as const)('the %s', (role) => {
  const env = () => ({ REDIS_URL: sharedRedisUrl(), QUEUE_PREFIX: stack.prefix });

  test.each([60, 250, 400, 550])(
    'ends without an error at a signal %i ms after its start',
    async (afterMs) => {
      const { child, ended, tail } = launchRole(role, env());
      setTimeout(() => child.kill('SIGTERM'), afterMs);
      // Before it handles signals the system ends it.
      expect(['exit code 0', 'SIGTERM'], tail().join('\n')).toContain(await ended);
      expect(tail()).toEqual([]);
    },
  );

  test('ends when the process that started it is gone', async () => {
    const { child } = launchRole(role, env());
    await once(child, 'message');
    const exited = once(child, 'exit');
    child.disconnect();
    expect(await exited).toEqual([0, null]);
  });

  test('names every malformed variable at once', async () => {
    const { ended, tail } = launchRole(role, {
      REDIS_URL: 'http://nowhere',
      QUEUE_PREFIX: 'a:b',
      LOG_LEVEL: 'loud',
      SHUTDOWN_TIMEOUT_MS: 'soon',
    });
    expect(await ended).toBe('exit code 1');
    const text = tail().join('\n');
    for (const name of ['REDIS_URL', 'QUEUE_PREFIX', 'LOG_LEVEL', 'SHUTDOWN_TIMEOUT_MS'])
      expect(text).toContain(name);
    expect(text).not.toMatch(/\bat .*\.js/);
  });

  test('reports in one line that Redis can’t be reached, without its password', async () => {
    const port = await getPort();
    const { ended, tail } = launchRole(role, {
      REDIS_URL: `redis://user:secret@127.0.0.1:${port}`,
      LOG_LEVEL: 'silent',
    });
    expect(await ended).toBe('exit code 1');
    expect(tail()).toEqual([expect.stringContaining(`can't use Redis at 127.0.0.1:${port}`)]);
    expect(tail()[0]).not.toContain('secret');
  });
});

test('the api reports a taken port in one line', async () => {
  const { url } = await stack.api();
  const env = { REDIS_URL: stack.redisUrl, QUEUE_PREFIX: stack.prefix, PORT: new URL(url).port };
  const { ended, tail } = launchRole('api', env);
  expect(await ended).toBe('exit code 1');
  expect(tail()).toEqual([expect.stringContaining('EADDRINUSE')]);
});

describe('the worker’s health endpoint', () => {
  test('is ready when the worker is, and no longer when it stops', async () => {
    const port = await getPort();
    const worker = await stack.worker({ HEALTH_PORT: String(port) });
    const at = (path: string) => fetch(`http://127.0.0.1:${port}${path}`);
    expect((await at('/health/live')).status).toBe(200);
    expect((await at('/health/ready')).status).toBe(200);
    expect((await at('/')).status).toBe(404);
    await worker.stop();
    await expect(at('/health/live')).rejects.toThrow();
  });

  test('the worker reports a taken port in one line', async () => {
    const port = await getPort();
    await stack.worker({ HEALTH_PORT: String(port) });
    const env = { REDIS_URL: stack.redisUrl, QUEUE_PREFIX: stack.prefix, HEALTH_PORT: String(port) };
    const { ended, tail } = launchRole('worker', env);
    expect(await ended).toBe('exit code 1');
    expect(tail()).toEqual([expect.stringContaining('EADDRINUSE')]);
  });
});
