import { type AddressInfo, createServer } from 'node:net';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import {
  closeConnection,
  connectOrFail,
  createConsumerConnection,
  createProducerConnection,
  isRedisAway,
  isRedisFull,
} from './redis.ts';
import { UserError } from './user-error.ts';

const log = pino({ level: 'silent' });
const url = process.env.TEST_REDIS_URL!;

async function refusedUrl(): Promise<string> {
  const closed = createServer();
  await new Promise<void>((listening) => closed.listen(0, '127.0.0.1', listening));
  const { port } = closed.address() as AddressInfo;
  await new Promise((done) => closed.close(done));
  return `redis://user:secret@127.0.0.1:${port}`;
}

test.each([createProducerConnection, createConsumerConnection])(
  'a Redis that is not there is told in one line',
  async (create) => {
    const nowhere = await refusedUrl();
    const client = create({ url: nowhere, role: 'test', log });
    const failure = connectOrFail(client, nowhere);
    await expect(failure).rejects.toThrow(UserError);
    await expect(failure).rejects.toThrow(/^can't reach Redis at 127\.0\.0\.1:\d+: .*ECONNREFUSED/);
    await expect(failure).rejects.not.toThrow(/secret/);
  },
);

test('a command while Redis is away fails at once, as such', async () => {
  const client = createProducerConnection({ url, role: 'test', log });
  await connectOrFail(client, url);
  client.stream.destroy();
  await new Promise((closed) => client.once('close', closed));
  const err = await client.get('key').then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(isRedisAway(err)).toBe(true);
  await new Promise((ready) => client.once('ready', ready));
  expect(await client.ping()).toBe('PONG');
  await closeConnection(client);
});

test('closing works in every state', async () => {
  const open = createConsumerConnection({ url, role: 'test', log });
  await connectOrFail(open, url);
  await closeConnection(open);
  await closeConnection(open);
  await closeConnection(createConsumerConnection({ url, role: 'test', log }));
  expect(open.status).toBe('end');
});

test.each([
  'LOADING Redis is loading the dataset in memory',
  'Connection is closed.',
  "Stream isn't writeable and enableOfflineQueue options is false",
  'READONLY You can’t write',
  'MISCONF Errors writing to the AOF file',
])('away: %s', (message) => {
  expect(isRedisAway(new Error(message))).toBe(true);
});

test.each([new Error('WRONGTYPE Operation'), new Error('boom'), 'Connection is closed.', null])(
  'not away: %s',
  (err) => {
    expect(isRedisAway(err)).toBe(false);
  },
);

test('full', () => {
  expect(isRedisFull(new Error("OOM command not allowed when used memory > 'maxmemory'."))).toBe(true);
  expect(isRedisFull(new Error('boom'))).toBe(false);
});
