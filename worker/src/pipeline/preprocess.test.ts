import type { ModelManifest } from '@inkqueue/shared/contracts/model';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { createPreprocess, toTensor } from './preprocess.ts';

const manifest: ModelManifest = {
  name: 'test',
  version: '1',
  description: '',
  file: 'model.onnx',
  sha256: '0'.repeat(64),
  input: { name: 'input', shape: [null, 1, 28, 28], mean: 0.1, std: 0.3 },
  output: { name: 'logits', classes: 10 },
  labels: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
  calibration: { temperature: 1 },
  thresholds: { confidence: 0.5, digit_score: null },
  metrics: {},
};
const preprocess = createPreprocess({ manifest, memoryMax: 1e7 });

const png = (data: Uint8Array) =>
  sharp(data, { raw: { width: 60, height: 60, channels: 1 } })
    .png()
    .toBuffer();

/** A vertical stroke on white paper. */
function stroke(): Promise<Buffer> {
  const data = new Uint8Array(60 * 60).fill(255);
  for (let y = 10; y < 50; y++) data.fill(0, y * 60 + 28, y * 60 + 33);
  return png(data);
}

test('image bytes become 28 × 28 values, and the same as ink', async () => {
  const { tensor, pixels, timings } = await preprocess(await stroke());
  expect(tensor).toHaveLength(784);
  expect(Math.max(...pixels)).toBe(255);
  expect(tensor).toEqual(toTensor(pixels, manifest));
  expect(timings).toEqual({ decode_ms: expect.any(Number), normalize_ms: expect.any(Number) });
});

test('a result is not changed by the images after it', async () => {
  const { tensor, pixels } = await preprocess(await stroke());
  const before = [tensor.slice(), pixels.slice()];
  await preprocess(await png(Uint8Array.from({ length: 3600 }, (_, i) => (i % 7 ? 255 : 0))));
  expect([tensor, pixels]).toEqual(before);
});

test('an image without ink, and bytes that are not an image, are ImageErrors', async () => {
  await expect(preprocess(await png(new Uint8Array(3600).fill(255)))).rejects.toMatchObject({
    code: 'no-ink',
  });
  await expect(preprocess(Buffer.from('text'))).rejects.toMatchObject({ code: 'unsupported-format' });
});

test('ink becomes (ink / 255 − mean) / std', () => {
  const { mean, std } = manifest.input;
  const [none, full, fifth] = toTensor(Uint8Array.of(0, 255, 51), manifest);
  expect(none).toBeCloseTo(-mean / std, 5);
  expect(full).toBeCloseTo((1 - mean) / std, 5);
  expect(fifth).toBeCloseTo((0.2 - mean) / std, 5);
});
