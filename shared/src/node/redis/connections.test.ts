import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { Redis } from 'ioredis';
import { pino } from 'pino';
import { afterEach, describe, expect, test } from 'vitest';
import { UserError } from '../user-error.ts';
import {
  closeConnection,
  connectOrFail,
  createConsumerConnection,
  createProducerConnection,
  isRedisAway,
  isRedisFull,
} from './connections.ts';
import { redisServer } from './server.ts';

const log = pino({ level: 'silent' });
const url = process.env.TEST_REDIS_URL!;
const server = redisServer({ REDIS_URL: url });

async function refusedUrl(): Promise<string> {
  const closed = createServer();
  await new Promise<void>((listening) => closed.listen(0, '127.0.0.1', listening));
  const { port } = closed.address() as AddressInfo;
  await new Promise((done) => closed.close(done));
  return `redis://user:secret@127.0.0.1:${port}`;
}

test.each([createProducerConnection, createConsumerConnection])(
  'a Redis that is not there is reported in one line',
  async (create) => {
    const nowhere = await refusedUrl();
    const client = create({ server: redisServer({ REDIS_URL: nowhere }), role: 'test', log });
    const failure = connectOrFail(client, redisServer({ REDIS_URL: nowhere }));
    await expect(failure).rejects.toThrow(UserError);
    await expect(failure).rejects.toThrow(
      `can't use Redis at ${new URL(nowhere).host} (REDIS_URL): connect ECONNREFUSED`,
    );
    await expect(failure).rejects.not.toThrow(/secret/);
  },
);

describe('connectOrFail', () => {
  let fake: Server | undefined;
  afterEach(() => fake?.close());

  const connectTo = (to: string, timeoutMs?: number) =>
    connectOrFail(
      new Redis(to, { lazyConnect: true, retryStrategy: () => null }),
      redisServer({ REDIS_URL: to }),
      timeoutMs,
    );

  async function serverThatReplies(reply: (request: string) => string): Promise<string> {
    fake = createServer((socket) => {
      socket.on('data', (data) => socket.write(reply(data.toString())));
      socket.on('error', () => {});
    });
    fake.listen(0, '127.0.0.1');
    await once(fake, 'listening');
    const { port } = fake.address() as AddressInfo;
    return `redis://:secret@127.0.0.1:${port}`;
  }

  /** A server that replies to every command with its version and mode. */
  function redisOf(version: string, cluster: 0 | 1 = 0): Promise<string> {
    const info = `redis_version:${version}\r\ncluster_enabled:${cluster}\r\n`;
    const commands = (request: string) => request.match(/^\*\d+\r$/gm)?.length ?? 0;
    return serverThatReplies((request) => `$${info.length}\r\n${info}\r\n`.repeat(commands(request)));
  }

  test('accepts a Redis that replies', async () => {
    const client = new Redis(url, { lazyConnect: true });
    await connectOrFail(client, server);
    expect(client.status).toBe('ready');
    client.disconnect();
  });

  test('gives up on a server that never replies', async () => {
    await expect(connectTo(await serverThatReplies(() => ''), 200)).rejects.toThrow('no reply within 0.2 s');
  });

  test('reports that the server is not Redis', async () => {
    const notRedis = await serverThatReplies(() => 'HTTP/1.1 400 Bad Request\r\n\r\n');
    await expect(connectTo(notRedis, 2_000)).rejects.toThrow("can't use Redis at");
  });

  test('refuses a Redis that is too old', async () => {
    await expect(connectTo(await redisOf('6.0.16'), 2_000)).rejects.toThrow(
      'version 6.0.16 is too old; use 6.2 or later',
    );
  });

  test('refuses a Redis cluster, whose servers hold a part of the keys each', async () => {
    await expect(connectTo(await redisOf('7.4.0', 1), 2_000)).rejects.toThrow('cluster mode');
  });

  test('refuses the wrong password, without showing it', async () => {
    const wrong = new URL(url);
    wrong.username = 'nobody';
    wrong.password = 'secret';
    const refused = connectTo(wrong.href);
    await expect(refused).rejects.toThrow('WRONGPASS');
    await expect(refused).rejects.not.toThrow('secret');
  });
});

test('a command fails at once while Redis is away, with an error that isRedisAway recognises', async () => {
  const client = createProducerConnection({ server, role: 'test', log });
  await connectOrFail(client, server);
  client.stream.destroy();
  await new Promise((closed) => client.once('close', closed));
  const error = await client.get('key').then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(isRedisAway(error)).toBe(true);
  await new Promise((ready) => client.once('ready', ready));
  expect(await client.ping()).toBe('PONG');
  await closeConnection(client);
});

test.each([
  ['READONLY You can’t write against a read only replica.', 2],
  ['UNBLOCKED force unblock from blocking operation, instance state changed (master -> replica?)', 2],
  ['ERR unknown command', false],
])('after the reply “%s” a connection is made anew: %s', (reply, expected) => {
  const client = createConsumerConnection({ server, role: 'test', log });
  expect(client.options.reconnectOnError?.(new Error(reply))).toBe(expected);
  client.disconnect();
});

test('a connection can be closed in every state', async () => {
  const open = createConsumerConnection({ server, role: 'test', log });
  await connectOrFail(open, server);
  await closeConnection(open);
  await closeConnection(open);
  await closeConnection(createConsumerConnection({ server, role: 'test', log }));
  expect(open.status).toBe('end');
});

test.each([
  'LOADING Redis is loading the dataset in memory',
  'Connection is closed.',
  "Stream isn't writeable and enableOfflineQueue options is false",
  'READONLY You can’t write',
  'MISCONF Errors writing to the AOF file',
])('recognises that Redis is away: %s', (message) => {
  expect(isRedisAway(new Error(message))).toBe(true);
});

test.each([new Error('WRONGTYPE Operation'), new Error('boom'), 'Connection is closed.', null])(
  'does not take another failure for Redis being away: %s',
  (error) => {
    expect(isRedisAway(error)).toBe(false);
  },
);

test('recognises that Redis is full', () => {
  expect(isRedisFull(new Error("OOM command not allowed when used memory > 'maxmemory'."))).toBe(true);
  expect(isRedisFull(new Error('boom'))).toBe(false);
});
