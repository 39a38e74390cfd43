import { fileURLToPath } from 'node:url';
import { integerSetting, sharedSettings } from '@inkqueue/shared/node/env';
import { z } from 'zod';

/** Settings of a worker process. */
export const workerEnv = z.object({
  ...sharedSettings,
  MODEL_DIR: z
    .string()
    .default(fileURLToPath(new URL('../../models/mnist-cnn', import.meta.url)))
    .describe('Folder of the model: model.json and its ONNX file'),
  CONCURRENCY: integerSetting({
    min: 1,
    max: 1024,
    default: 2,
    about: 'Jobs that one worker runs at once; an urgent job cannot overtake the jobs that a worker holds',
  }),
  DECODE_CONCURRENCY: integerSetting({
    min: 1,
    max: 64,
    default: 4,
    about: 'Images that one worker decodes at once; bounds its memory',
  }),
  BATCH_MAX: integerSetting({
    min: 1,
    max: 512,
    default: 32,
    about: 'Most candidates for digits in one run of the network, unless a single picture has more',
  }),
  DECODE_MAX_BYTES: integerSetting({
    min: 1_000_000,
    max: 8_000_000_000,
    default: 512_000_000,
    about: 'Most bytes of memory that decoding one image may take, told by its header',
  }),
  INFERENCE_THREADS: integerSetting({
    min: 1,
    max: 64,
    default: 1,
    about: 'Threads of one run of the network; scale by workers first',
  }),
  RETRY_KEEP_SECONDS: integerSetting({
    min: 0,
    max: 604_800,
    default: 600,
    about:
      'Seconds that pictures which failed by the service’s fault are kept, so that they can be read again; 64 MB at most',
  }),
  FETCH_IMAGES: z
    .stringbool()
    .default(false)
    .describe('1 lets clients send https addresses of pictures, which the workers fetch'),
  FETCH_MAX_BYTES: integerSetting({
    min: 1,
    max: 100_000_000,
    default: 25_000_000,
    about: 'Most bytes of a picture that a worker fetches',
  }),
  QUEUE_MAX_BYTES: integerSetting({
    min: 1,
    max: 1_000_000_000_000,
    default: 512_000_000,
    about: 'Most bytes of pictures that wait or run; above it the api responds 503',
  }),
  FETCH_TIMEOUT_MS: integerSetting({
    min: 100,
    max: 60_000,
    default: 10_000,
    about: 'Most milliseconds that fetching a picture may take',
  }),
  HEALTH_PORT: integerSetting({
    min: 0,
    max: 65_535,
    default: 0,
    about: 'Port of the health endpoint of a worker, or of webhooks; 0 for none',
  }),
});
