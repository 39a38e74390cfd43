import { existsSync } from 'node:fs';
import { integerSetting, parseEnv, sharedSettings, WEBHOOK_SECRET_ABOUT } from '@inkqueue/shared/node/env';
import { redisSettings } from '@inkqueue/shared/node/redis/server';
import { z } from 'zod';
import { FSYNCS } from './redis/private-redis.ts';

/** Environment of `npm start`. All other variables pass to the api, the workers and webhooks unchanged. */
export const startEnv = z.object({
  PORT: integerSetting({ min: 0, max: 65_535, default: 8_000, about: 'Port of the api; 0 takes a free one' }),
  HOST: z.string().default('0.0.0.0').describe('Address that the api listens on'),
  WORKERS: integerSetting({ min: 1, max: 256, default: 2, about: 'Worker processes' }),
  ...redisSettings,
  REDIS_URL: redisSettings.REDIS_URL.unwrap()
    .optional()
    .describe('Redis to use; unset runs a private one under DATA_DIR'),
  REDIS_FSYNC: z
    .enum(FSYNCS)
    .default('everysec')
    .describe('When the private Redis flushes its log to disk: each second, or before each reply'),
  DATA_DIR: z.string().default('.data').describe('Where the private Redis keeps its data'),
  LOG_LEVEL: sharedSettings.LOG_LEVEL.unwrap().default('warn').describe('Minimum log level'),
  METRICS_HOST: z.string().optional().describe('Address that the metrics are open on; unset, HOST'),
  METRICS_PORT: sharedSettings.METRICS_PORT.describe(
    'Port of the api’s metrics, 0 for none; those of the workers have the ports after it, and then those of webhooks',
  ),
  WEBHOOK_SECRET: z.string().optional().describe(WEBHOOK_SECRET_ABOUT),
  SHUTDOWN_TIMEOUT_MS: sharedSettings.SHUTDOWN_TIMEOUT_MS,
  READY_TIMEOUT_MS: integerSetting({
    min: 1_000,
    max: 600_000,
    default: 60_000,
    about: 'How long Redis, the api, the workers and webhooks may each take to become ready',
  }),
  INKQUEUE_NO_INSTALL: z
    .stringbool()
    .default(false)
    .describe('1 forbids installing the system package of Redis where none is found'),
});
export type StartEnv = z.infer<typeof startEnv>;

/** Settings of this process, from its environment and from the file .env. @throws UserError naming each malformed one */
export function readSettings<S extends z.ZodObject>(schema: S): z.infer<S> {
  if (existsSync('.env')) process.loadEnvFile('.env');
  return parseEnv(schema, process.env);
}
