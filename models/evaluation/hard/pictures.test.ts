import sharp from 'sharp';
import { expect, test } from 'vitest';
import { createRandom } from '../../training/examples/random.ts';
import { parseLabels } from '../labels.ts';
import { readMnist } from '../mnist.ts';
import { createPickDigit } from './digits.ts';
import { partSizes } from './layer.ts';
import { hardSources, KINDS } from './pictures.ts';
import { chooseHand } from './write-digit.ts';
import { type Spacing, writeNumber } from './write-number.ts';

const digits = await readMnist('t10k');

test('a picture is the same in every run, however many are drawn of its kind', async () => {
  const bytesOf = (perKind: number) =>
    Promise.all(
      hardSources(digits, perKind)
        .filter(({ image }) => /(number-photo|sheet-on-desk|rings)[/]0/.test(image.path))
        .map(({ bytes }) => bytes()),
    );
  const [once, again] = [await bytesOf(1), await bytesOf(2)];
  expect(once).toHaveLength(3);
  expect(again).toEqual(once);
});

test('each kind draws a PNG picture', async () => {
  for (const { image, bytes } of hardSources(digits, 1)) {
    const { format, width, height } = await sharp(await bytes()).metadata();
    expect([image.kind, format]).toEqual([image.kind, 'png']);
    expect(Math.min(width, height)).toBeGreaterThanOrEqual(30);
    expect(Math.max(width, height)).toBeLessThan(1500);
  }
});

test('paths and labels make a table that reads back as what was drawn', () => {
  const images = hardSources(digits, 12).map(({ image }) => image);
  const rows = images.map(({ path, label, kind }) => `${path}\t${label ?? 'none'}\t${kind}`);
  expect(parseLabels(rows.join('\n'))).toEqual({ images, malformed: [] });
  expect(new Set(images.map(({ path }) => path)).size).toBe(12 * KINDS.length);
});

test('single digits take turns; numbers have two to six digits, lines two or three', () => {
  const labelsOf = (name: string) =>
    hardSources(digits, 10)
      .filter(({ image }) => image.kind === name)
      .map(({ image }) => image.label);
  expect(labelsOf('circle').join('')).toBe('0123456789');
  for (const label of labelsOf('number-apart')) expect(label).toMatch(/^\d{2,6}$/);
  for (const label of labelsOf('number-lines')) expect(label).toMatch(/^\d{2,5}(-\d{2,5}){1,2}$/);
});

test('digits that touch are one thing, digits that are close or apart are not', () => {
  const pickDigit = createPickDigit(digits);
  const partsOf = (spacing: Spacing, seed: number) => {
    const random = createRandom(seed);
    const hand = chooseHand(80, random);
    return partSizes(writeNumber('6082', { hand, spacing, pickDigit }, random)).length;
  };
  for (let seed = 0; seed < 5; seed++) {
    expect(partsOf('touching', seed)).toBe(1);
    expect(partsOf('close', seed)).toBe(4);
    expect(partsOf('apart', seed)).toBe(4);
  }
});
