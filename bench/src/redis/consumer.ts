// A worker without a network: takes jobs and reads their pictures' bytes as every worker does, and returns the same digit for each.
import {
  closeConnection,
  connectOrFail,
  createConsumerConnection,
} from '@inkqueue/shared/node/redis/connections';
import { redisServer } from '@inkqueue/shared/node/redis/server';
import { createUploads } from '@inkqueue/shared/node/uploads';
import { runMain } from '@inkqueue/shared/node/user-error';
import { readManifest } from '@inkqueue/worker/pipeline/model';
import type { Predict } from '@inkqueue/worker/pipeline/predict';
import { loadConsumer, loadProcessor } from './modules.ts';
import { log, PREFIX, readSettings } from './settings.ts';

const MODEL_DIR = 'models/mnist-cnn';
/** As workers have it. */
const CONCURRENCY = 2;

/** As long in JSON as the outcome of a picture that was read. */
const OUTCOME: Awaited<ReturnType<Predict>> = {
  lines: [
    [
      {
        digit: 3,
        confidence: 0.999047,
        probabilities: [
          0.000082, 0.000117, 0.000067, 0.999047, 0.000071, 0.000123, 0.000098, 0.000111, 0.000142, 0.000142,
        ],
        digitScore: 1,
        uncertain: false,
        pixels: new Uint8Array(784),
        box: { left: 66, top: 38, width: 145, height: 212 },
      },
    ],
  ],
  stages: { preprocessedAt: 0, inferredAt: 0, decodeMs: 0, normalizeMs: 0, inferenceMs: 0 },
  timings: { decode_ms: 0.282, normalize_ms: 0.127, inference_ms: 1.512, batch_size: 32, batch_pictures: 32 },
};

async function main(): Promise<void> {
  const server = redisServer(readSettings());
  const [{ createConsumer }, { createProcessor }] = await Promise.all([loadConsumer(), loadProcessor()]);
  const connection = createConsumerConnection({ server, role: 'worker', log });
  await connectOrFail(connection, server);
  const uploads = createUploads({ connection, prefix: PREFIX });
  const id = `worker-${process.pid}`;
  const consumer = createConsumer({
    connection,
    prefix: PREFIX,
    id,
    concurrency: CONCURRENCY,
    process: createProcessor({
      uploads,
      predict: async () => OUTCOME,
      manifest: await readManifest(MODEL_DIR),
      worker: id,
      log,
    }),
    uploads,
    keepMs: 0,
    log,
  });
  process.once('SIGTERM', async () => {
    await consumer.close();
    await closeConnection(connection);
    process.exit(0);
  });
  await consumer.waitUntilReady();
  process.send?.({ type: 'ready' });
  await consumer.run();
}

runMain('consumer', main);
