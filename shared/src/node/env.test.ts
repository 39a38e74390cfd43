import { expect, test } from 'vitest';
import { z } from 'zod';
import { integerSetting, parseEnv, sharedSettings } from './env.ts';
import { UserError } from './user-error.ts';

const schema = z.object({
  ...sharedSettings,
  SIZE: integerSetting({ min: 1, max: 10, default: 5, about: 'A size' }),
});

test('unset and empty variables take their defaults', () => {
  expect(parseEnv(schema, { SIZE: '', REDIS_URL: '' })).toMatchObject({
    SIZE: 5,
    REDIS_URL: 'redis://127.0.0.1:6379',
    QUEUE_PREFIX: 'inkqueue',
    LOG_LEVEL: 'info',
  });
});

test('variables of others are left out', () => {
  expect(parseEnv(schema, { HOME: '/root' })).not.toHaveProperty('HOME');
});

test.each(['0', '11', '2.5', 'five', '1e400', ' '])('an integer refuses %j', (SIZE) => {
  expect(() => parseEnv(schema, { SIZE })).toThrow(/^SIZE: /);
});

test.each(['redis://host', 'rediss://user:p%40ss@host:6380/2', 'redis://[::1]:6379'])(
  'a Redis URL may be %s',
  (REDIS_URL) => {
    expect(parseEnv(schema, { REDIS_URL }).REDIS_URL).toBe(REDIS_URL);
  },
);

test.each(['host:6379', 'http://host', 'redis://', 'localhost', '6379'])(
  'a Redis URL is not %s',
  (REDIS_URL) => {
    expect(() => parseEnv(schema, { REDIS_URL })).toThrow(/^REDIS_URL: must look like/);
  },
);

test('all problems are told together, a line each', () => {
  const parse = () => parseEnv(schema, { SIZE: 'x', QUEUE_PREFIX: 'a:b', LOG_LEVEL: 'loud' });
  expect(parse).toThrow(UserError);
  expect(parse).toThrow(/^QUEUE_PREFIX: .*\nLOG_LEVEL: .*\nSIZE: .*$/);
});
