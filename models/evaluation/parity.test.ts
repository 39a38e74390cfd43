import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createDecoder } from '@inkqueue/worker/pipeline/decode/decoder';
import { loadModel, type Model, pictureSize, toTensor } from '@inkqueue/worker/pipeline/model';
import { normalize } from '@inkqueue/worker/pipeline/normalize';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';

/** PyTorch's logits for pictures we drew, and the ink the network was given for them (models/training/parity.py). */
const fixture = z.object({
  name: z.string(),
  png: z.base64(),
  pixels: z.base64(),
  logits: z.array(z.number()),
});
const directory = join(import.meta.dirname, '../mnist-cnn');
const fixtures = z.array(fixture).parse(JSON.parse(await readFile(join(directory, 'parity.json'), 'utf8')));
const decoder = createDecoder({ pixelsMax: 1e6 });
let model: Model;

beforeAll(async () => {
  model = await loadModel({ directory, threads: 1 });
});
afterAll(() => model.close());

async function logitsOf(pixels: Uint8Array): Promise<number[]> {
  const input = new Float32Array(pictureSize(model.manifest));
  toTensor(pixels, model.manifest, input, 0);
  return [...(await model.run(input, 1))];
}

test('there are fixtures', () => {
  expect(fixtures.length).toBeGreaterThan(10);
});

test.each(fixtures)('tensor of $name: logits as in PyTorch', async ({ pixels, logits }) => {
  const actual = await logitsOf(Buffer.from(pixels, 'base64'));
  expect(actual).toHaveLength(logits.length);
  actual.forEach((value, i) => {
    expect(value).toBeCloseTo(logits[i]!, 3);
  });
});

test.each(fixtures)(
  'picture of $name: the network sees the ink it was checked with',
  async ({ png, pixels }) => {
    const seen = normalize(await decoder.decode(Buffer.from(png, 'base64'))).pixels;
    const expected = Buffer.from(pixels, 'base64');
    expect(seen).toHaveLength(expected.length);
    // A step of one in 255 is rounding; more is drift: regenerate parity.json only with figures that show no loss.
    expect(Math.max(...seen.map((value, i) => Math.abs(value - expected[i]!)))).toBeLessThanOrEqual(1);
  },
);
