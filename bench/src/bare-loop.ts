// Decode → normalise → infer in batches, with nothing around it, through the worker's own code:
// `node bench/dist/bare-loop.js PICTURE SECONDS` prints pictures per second.
import { readFile } from 'node:fs/promises';
import { createDecoder } from '@inkqueue/worker/pipeline/decode/decoder';
import { loadModel, pictureSize, toTensor } from '@inkqueue/worker/pipeline/model';
import { normalize } from '@inkqueue/worker/pipeline/normalize';
import { interpret } from '@inkqueue/worker/pipeline/postprocess';

const BATCH = 32;

const [, , path = '', seconds = ''] = process.argv;
const bytes = await readFile(path);
const decoder = createDecoder({ pixelsMax: 40_000_000 });
const model = await loadModel({ directory: 'models/mnist-cnn', threads: 1 });
const size = pictureSize(model.manifest);

async function readBatch(): Promise<void> {
  const input = new Float32Array(BATCH * size);
  await Promise.all(
    Array.from({ length: BATCH }, async (_, i) => {
      const digit = normalize(await decoder.decode(bytes));
      toTensor(digit.pixels, model.manifest, input, i * size);
    }),
  );
  const logits = await model.run(input, BATCH);
  const { classes } = model.manifest.output;
  for (let i = 0; i < BATCH; i++) interpret(logits.subarray(i * classes, (i + 1) * classes), model.manifest);
}

async function readFor(milliseconds: number): Promise<number> {
  const start = performance.now();
  let pictures = 0;
  for (; performance.now() - start < milliseconds; pictures += BATCH) await readBatch();
  return (1000 * pictures) / (performance.now() - start);
}

await readFor(500);
process.stdout.write(`${await readFor(1000 * Number(seconds))}\n`);
