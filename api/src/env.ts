import { integerSetting, sharedSettings } from '@inkqueue/shared/node/env';
import { z } from 'zod';
import { webhookSettings } from './webhooks/settings.ts';

/** Settings of the api process. */
export const apiEnv = z.object({
  ...sharedSettings,
  PORT: integerSetting({ min: 0, max: 65_535, default: 8000, about: 'Port of the api and the page' }),
  HOST: z.string().default('0.0.0.0').describe('Address that the api listens on'),
  UPLOAD_MAX_BYTES: integerSetting({
    min: 1,
    max: 100_000_000,
    default: 25_000_000,
    about: 'Most bytes of one picture',
  }),
  UPLOADS_IN_FLIGHT_MAX_BYTES: integerSetting({
    min: 1,
    max: 4_000_000_000,
    default: 200_000_000,
    about: 'Most bytes of pictures that the api receives at once; bounds its memory',
  }),
  UPLOAD_TIMEOUT_MS: integerSetting({
    min: 100,
    max: 600_000,
    default: 60_000,
    about: 'Most milliseconds that a client may take to send a request',
  }),
  QUEUE_MAX_COUNT: integerSetting({
    min: 1,
    max: 10_000_000,
    default: 20_000,
    about: 'Most pictures that wait or run; above it the api responds 503',
  }),
  QUEUE_MAX_BYTES: integerSetting({
    min: 1,
    max: 1_000_000_000_000,
    default: 512_000_000,
    about: 'Most bytes of pictures that wait or run; above it the api responds 503',
  }),
  PREDICT_TIMEOUT_MS: integerSetting({
    min: 0,
    max: 300_000,
    default: 10_000,
    about: 'Milliseconds that POST /predict waits before it responds 202',
  }),
  PREDICT_MAX_WAIT_SECONDS: integerSetting({
    min: 1,
    max: 300,
    default: 60,
    about: 'Most seconds that a request waits for the end of a prediction, whatever it asks for',
  }),
  QUEUE_TIME_MAX_SECONDS: integerSetting({
    min: 0,
    max: 604_800,
    default: 0,
    about: 'Seconds after which a prediction that no worker began with is canceled; 0 for never',
  }),
  RESULT_TTL_SECONDS: integerSetting({
    min: 1,
    max: 31_536_000,
    default: 3_600,
    about: 'Seconds that a finished prediction stays available',
  }),
  RESULT_MAX_COUNT: integerSetting({
    min: 1,
    max: 100_000_000,
    default: 50_000,
    about:
      'Most finished predictions kept, roughly; the oldest go first, and earlier where Redis is short of memory',
  }),
  RESULT_CACHE_TTL_SECONDS: integerSetting({
    min: 0,
    max: 31_536_000,
    default: 0,
    about: 'Seconds in which the result of an equal picture answers without reading it again; 0 for never',
  }),
  DRAIN_MS: integerSetting({
    min: 0,
    max: 300_000,
    default: 0,
    about:
      'Milliseconds between not being ready and closing, in which a balancer finds out, when the api stops',
  }),
  CORS_ORIGINS: z
    .string()
    .default('')
    .transform((text) =>
      text
        .split(',')
        .map((origin) => origin.trim().replace(/\/$/, ''))
        .filter(Boolean),
    )
    .describe('Origins whose pages may use the API and the sockets, separated by commas; * for all'),
  BASE_PATH: z
    .string()
    .default('')
    .transform((path) => path.replace(/\/+$/, ''))
    .refine((path) => /^(\/[\w.~-]+)*$/.test(path), 'must look like /digits')
    .describe('Path under which a proxy serves the api and the page, such as /digits'),
  TRUST_PROXY: z
    .preprocess(
      (text) => ({ true: '1', false: '0' })[String(text)] ?? text,
      z.coerce.number().int().min(0).max(10),
    )
    .default(0)
    .describe('How many proxies stand in front of the api, whose X-Forwarded-* headers it believes'),
  FETCH_IMAGES: z
    .stringbool()
    .default(false)
    .describe('1 lets clients send https addresses of pictures, which the workers fetch'),
  CONSOLE_PASSWORD: z
    .string()
    .min(12, 'must have at least 12 characters')
    .optional()
    .describe('Password of the operator’s page at /console; unset, there is none'),
  LIST_PREDICTIONS: z
    .stringbool()
    .default(false)
    .describe('1 lets every client list all predictions; knowing an id is what lets one read it otherwise'),
  ...webhookSettings,
  WEBHOOK_PENDING_MAX: integerSetting({
    min: 1,
    max: 10_000_000,
    default: 20_000,
    about:
      'Most deliveries to webhooks that have not ended, roughly; above it the api responds 503 to pictures with a webhook',
  }),
  FEEDBACK: z
    .stringbool()
    .default(false)
    .describe('1 lets people say what their pictures really show, and keeps it'),
  FEEDBACK_MAX: integerSetting({
    min: 1,
    max: 10_000_000,
    default: 10_000,
    about: 'Most predictions whose feedback is kept; above it the api responds 503',
  }),
});
