import sharp from 'sharp';
import { expect, it } from 'vitest';
import { type CardResult, drawCard } from './card.ts';

const SEVEN: CardResult = { text: '7', confidence: 0.998, uncertain: false };

async function pixelsOf(result: CardResult | null): Promise<Buffer> {
  const { data, info } = await sharp(await drawCard(result))
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  expect([info.width, info.height, info.channels]).toEqual([1200, 630, 3]);
  return data;
}

/** The share of pixels that are nearly of one colour. */
function shareOf(pixels: Buffer, [red, green, blue]: readonly [number, number, number]): number {
  let count = 0;
  for (let at = 0; at < pixels.length; at += 3)
    if (Math.hypot(pixels[at]! - red, pixels[at + 1]! - green, pixels[at + 2]! - blue) < 10) count += 1;
  return count / (pixels.length / 3);
}

it('shows a digit in the page’s accent, and in grey where it is in doubt', async () => {
  const sure = await pixelsOf(SEVEN);
  expect(shareOf(sure, [192, 54, 26])).toBeGreaterThan(0.01);
  const unsure = await pixelsOf({ ...SEVEN, uncertain: true });
  expect(shareOf(unsure, [192, 54, 26])).toBe(0);
  expect(shareOf(unsure, [88, 98, 115])).toBeGreaterThan(0.01);
});

it('differs by digits, by confidence and from the general card', async () => {
  const cards = await Promise.all(
    [SEVEN, { ...SEVEN, text: '1' }, { ...SEVEN, confidence: 0.9996 }, { ...SEVEN, text: '77\n7' }, null].map(
      drawCard,
    ),
  );
  expect(new Set(cards.map((card) => card.toString('base64'))).size).toBe(5);
});

it('is small, whatever was read', async () => {
  const long = { ...SEVEN, text: Array.from({ length: 40 }, () => '8'.repeat(60)).join('\n') };
  expect((await drawCard(long)).length).toBeLessThan(80_000);
  await pixelsOf(long);
});
