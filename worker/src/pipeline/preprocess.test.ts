import { testManifest } from '@inkqueue/shared/testing/model-manifest';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { createPreprocess, toTensor } from './preprocess.ts';
import { type Reading, single } from './reading.ts';

const manifest = { ...testManifest, input: { ...testManifest.input, mean: 0.1, std: 0.3 } };
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

/** The ink of what may be a digit, in the order of the tensors. */
const inkOf = ({ lines }: Reading) =>
  lines.flatMap(({ candidates }) => candidates.map(({ pixels }) => pixels));

test('image bytes become 28 × 28 values, and the same as ink', async () => {
  const { reading, tensors, timings } = await preprocess(await stroke());
  expect(tensors).toHaveLength(1);
  const [pixels] = inkOf(reading);
  expect(tensors[0]).toHaveLength(784);
  expect(Math.max(...pixels!)).toBe(255);
  expect(tensors[0]).toEqual(toTensor(pixels!, manifest));
  expect(timings).toEqual({ decode_ms: expect.any(Number), normalize_ms: expect.any(Number) });
});

test('a result is not changed by the images after it', async () => {
  const { reading, tensors } = await preprocess(await stroke());
  const before = structuredClone([tensors, reading]);
  await preprocess(await png(Uint8Array.from({ length: 3600 }, (_, i) => (i % 7 ? 255 : 0))));
  expect([tensors, reading]).toEqual(before);
});

test('a box is in pixels of the image as it was sent, upright, whatever the size of its bitmap', async () => {
  const sideways = sharp(await stroke())
    .resize(3_000, 3_000, { kernel: 'nearest' })
    .rotate(90);
  const image = await sideways.jpeg({ quality: 95 }).withMetadata({ orientation: 8 }).toBuffer();
  const { reading } = await preprocess(image);
  const { left, top, width, height } = reading.lines[0]!.candidates[0]!.box;
  // The stroke is 5 × 40 of 60 pixels.
  const slack = 60;
  expect(Math.abs(left - 28 * 50)).toBeLessThan(slack);
  expect(Math.abs(top - 10 * 50)).toBeLessThan(slack);
  expect(Math.abs(width - 5 * 50)).toBeLessThan(2 * slack);
  expect(Math.abs(height - 40 * 50)).toBeLessThan(2 * slack);
});

test('a heavy image is brought to ink elsewhere, as its client expects it', async () => {
  const asked: unknown[] = [];
  const ink = {
    reading: single({
      pixels: new Uint8Array(784),
      box: { left: 0, top: 0, width: 1, height: 1 },
      isDoubtful: false,
    }),
    timings: { decode_ms: 1, normalize_ms: 1 },
  };
  const apart = createPreprocess({
    manifest,
    memoryMax: 1e9,
    heavyToInk: async (...args) => {
      asked.push(args);
      return ink;
    },
  });
  const page = sharp({ create: { width: 6_000, height: 6_000, channels: 3, background: '#fff' } });
  const heavy = await page.png({ progressive: true }).toBuffer();
  const { reading, tensors } = await apart(heavy, { mayBeHeavy: true, expect: 'many' });
  expect(asked).toEqual([[heavy, { expect: 'many' }]]);
  expect([reading, tensors]).toEqual([ink.reading, [toTensor(new Uint8Array(784), manifest)]]);
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
