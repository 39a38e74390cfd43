import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadModel, type Model } from '@inkqueue/worker/pipeline/model';
import { createPreprocess, type Preprocess, toTensor } from '@inkqueue/worker/pipeline/preprocess';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';

/** Images that examples/parity.ts drew, the ink that production made of them, and PyTorch's logits for it (parity.py). */
const fixture = z.object({
  name: z.string(),
  png: z.base64(),
  pixels: z.base64(),
  logits: z.array(z.number()),
});
const directory = join(import.meta.dirname, '../mnist-cnn');
const fixtures = z.array(fixture).parse(JSON.parse(await readFile(join(directory, 'parity.json'), 'utf8')));
let model: Model;
let preprocess: Preprocess;

beforeAll(async () => {
  model = await loadModel({ directory, threads: 1 });
  preprocess = createPreprocess({ manifest: model.manifest, memoryMax: 1e7 });
});
afterAll(() => model.close());

test('there are fixtures', () => {
  expect(fixtures.length).toBeGreaterThan(10);
});

test.each(fixtures)('tensor of $name: logits as in PyTorch', async ({ pixels, logits }) => {
  const [actual] = await model.run([toTensor(Buffer.from(pixels, 'base64'), model.manifest)]);
  expect(actual).toHaveLength(logits.length);
  actual!.forEach((value, i) => {
    expect(value).toBeCloseTo(logits[i]!, 3);
  });
});

test.each(fixtures)(
  'image of $name: the network gets the ink that it was checked with',
  async ({ png, pixels }) => {
    const { reading } = await preprocess(Buffer.from(png, 'base64'), { expect: 'one' });
    const actual = reading.lines[0]!.candidates[0]!.pixels;
    const expected = Buffer.from(pixels, 'base64');
    expect(actual).toHaveLength(expected.length);
    // A step of one in 255 is rounding; more is drift: regenerate parity.json only with figures that show no loss.
    expect(Math.max(...actual.map((value, i) => Math.abs(value - expected[i]!)))).toBeLessThanOrEqual(1);
  },
);
