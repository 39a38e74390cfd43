// The chain that makes a prediction with nothing around it, through the worker's own code:
// `node bench/dist/bare-loop.js IMAGE SECONDS` prints images per second.
import { readFile } from 'node:fs/promises';
import { loadModel } from '@inkqueue/worker/pipeline/model';
import { createPredict } from '@inkqueue/worker/pipeline/predict';
import { createPreprocess } from '@inkqueue/worker/pipeline/preprocess';

const BATCH_IMAGES = 32;
const WARM_UP_MS = 500;

const [, , path = '', seconds = ''] = process.argv;
const bytes = await readFile(path);
const model = await loadModel({ directory: 'models/mnist-cnn', threads: 1 });
const predict = createPredict({
  model,
  preprocess: createPreprocess({ manifest: model.manifest, memoryMax: 512_000_000 }),
  batchMax: BATCH_IMAGES,
  concurrency: BATCH_IMAGES,
});

async function predictFor(milliseconds: number): Promise<number> {
  const start = performance.now();
  let images = 0;
  for (; performance.now() - start < milliseconds; images += BATCH_IMAGES) {
    await Promise.all(Array.from({ length: BATCH_IMAGES }, () => predict(bytes)));
  }
  return (1000 * images) / (performance.now() - start);
}

await predictFor(WARM_UP_MS);
process.stdout.write(`${await predictFor(1000 * Number(seconds))}\n`);
