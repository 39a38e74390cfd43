import { integerSetting, sharedSettings } from '@inkqueue/shared/node/env';
import { z } from 'zod';

/** Settings of the api process. */
export const apiEnv = z.object({
  ...sharedSettings,
  PORT: integerSetting({ min: 0, max: 65_535, default: 8000, about: 'Port of the api and the page' }),
  HOST: z.string().default('0.0.0.0').describe('Address that the api listens on'),
  UPLOAD_MAX_BYTES: integerSetting({
    min: 1,
    max: 100_000_000,
    default: 10_000_000,
    about: 'Largest picture, in bytes',
  }),
  UPLOADS_IN_FLIGHT_MAX_BYTES: integerSetting({
    min: 1,
    max: 4_000_000_000,
    default: 200_000_000,
    about: 'Most bytes of pictures being received at once; bounds the api’s memory',
  }),
  UPLOAD_TIMEOUT_MS: integerSetting({
    min: 100,
    max: 600_000,
    default: 60_000,
    about: 'How long a client may take to send its request',
  }),
  UPLOAD_TTL_SECONDS: integerSetting({
    min: 1,
    max: 604_800,
    default: 3_600,
    about: 'How long a picture waits in Redis for a worker',
  }),
  QUEUE_MAX_COUNT: integerSetting({
    min: 1,
    max: 10_000_000,
    default: 20_000,
    about: 'Most pictures waiting or being read; beyond it the api answers 503',
  }),
  QUEUE_MAX_BYTES: integerSetting({
    min: 1,
    max: 1_000_000_000_000,
    default: 512_000_000,
    about: 'Most bytes of pictures waiting or being read; beyond it the api answers 503',
  }),
  PREDICT_TIMEOUT_MS: integerSetting({
    min: 0,
    max: 300_000,
    default: 10_000,
    about: 'How long POST /predict waits before it answers 202',
  }),
  RESULT_TTL_SECONDS: integerSetting({
    min: 1,
    max: 31_536_000,
    default: 3_600,
    about: 'How long a finished prediction can be read',
  }),
  RESULT_MAX_COUNT: integerSetting({
    min: 1,
    max: 100_000_000,
    default: 50_000,
    about:
      'Most finished jobs kept, of each of completed and failed; pictures that came in the same moment share a job',
  }),
  FEEDBACK: z
    .stringbool()
    .default(false)
    .describe('1 asks people what digit their pictures really show, and keeps what they say'),
  FEEDBACK_MAX: integerSetting({
    min: 1,
    max: 10_000_000,
    default: 10_000,
    about: 'Most predictions whose feedback is kept; beyond it the api answers 503',
  }),
});
