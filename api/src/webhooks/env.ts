import { integerSetting, sharedSettings } from '@inkqueue/shared/node/env';
import { z } from 'zod';
import { apiEnv } from '../env.ts';
import { webhookSettings } from './settings.ts';

const { BASE_PATH, FEEDBACK, RESULT_TTL_SECONDS } = apiEnv.shape;

/** Settings of the webhooks process. What it sends is what the api answers: three settings must be those of the api. */
export const webhooksEnv = z.object({
  ...sharedSettings,
  WEBHOOK_SECRET: webhookSettings.WEBHOOK_SECRET.unwrap(),
  WEBHOOK_ALLOW_PRIVATE: webhookSettings.WEBHOOK_ALLOW_PRIVATE,
  WEBHOOK_CONCURRENCY: integerSetting({
    min: 4,
    max: 4_096,
    default: 128,
    about: 'Deliveries that one process attempts at once, at most a quarter of them to one address',
  }),
  BASE_PATH,
  FEEDBACK,
  RESULT_TTL_SECONDS,
  HEALTH_PORT: integerSetting({
    min: 0,
    max: 65_535,
    default: 0,
    about: 'Port of the health endpoint of a worker, or of webhooks; 0 for none',
  }),
});
