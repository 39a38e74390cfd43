import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { beforeAll, describe, expect } from 'vitest';
import { digit, digitPng } from '../integration/pictures.ts';
import { test } from './fixtures.ts';
import { boxOf, overhang, overlap, SCREENS } from './screens.ts';

const CHOOSER = 'input[type=file][multiple]';

/** A digit in the middle of a page of this size. */
async function onPage(width: number, height: number): Promise<Buffer> {
  const side = Math.min(width, height);
  return sharp({ create: { width, height, channels: 3, background: '#f6f1e3' } })
    .composite([{ input: await digitPng(5, { side, paper: '#f6f1e3' }), gravity: 'centre' }])
    .jpeg()
    .toBuffer();
}

const images = new Map<string, Buffer>();
beforeAll(async () => {
  images.set('portrait.jpg', await onPage(900, 1600));
  images.set('panorama.jpg', await onPage(4000, 300));
  images.set('strip.jpg', await onPage(300, 4000));
  images.set('large.jpg', await onPage(3000, 2000));
  images.set(
    'turned.jpg',
    await sharp(await onPage(1600, 900))
      .withMetadata({ orientation: 6 })
      .toBuffer(),
  );
  images.set('small.png', await digit(5).resize(28, 28).png().toBuffer());
  images.set(
    'transparent.png',
    await digit(5).png().unflatten().resize(200, 300, { fit: 'contain', background: '#0000' }).toBuffer(),
  );
});

async function chooseAll(page: Page): Promise<void> {
  const files = [...images].map(([name, buffer]) => ({ name, mimeType: 'image/png', buffer }));
  // A handful at a time: more are a batch.
  await page.setInputFiles(CHOOSER, files.slice(0, 4));
  await page.setInputFiles(CHOOSER, files.slice(4));
  await page.getByText(`${images.size} of ${images.size} done`).waitFor();
}

describe.for(SCREENS)('on a screen of %i × %i', ([width, height]) => {
  test('every image lies in its frame, at a useful size, and on nothing else', async ({ open }) => {
    const page = await open({ viewport: { width, height } });
    await chooseAll(page);
    for (const name of images.keys()) {
      await page.locator('.card-show').and(page.getByRole('button', { name })).click();
      const picture = page.getByRole('img', { name });
      await picture.waitFor();
      const [inner, frame] = [await boxOf(picture), await boxOf(page.locator('.stage'))];
      expect(overhang(inner, frame), name).toBeLessThanOrEqual(0.5);
      // As large as the frame allows: it touches two of its sides.
      const longer = Math.max(inner.right - inner.left, inner.bottom - inner.top);
      expect(longer, name).toBeGreaterThan(
        0.98 * Math.min(frame.right - frame.left, frame.bottom - frame.top),
      );
      expect(longer, name).toBeGreaterThanOrEqual(140);
      for (const other of ['.tools', '.answer', '.tray']) {
        const isUnder = overlap(inner, await boxOf(page.locator(other)));
        expect(isUnder, `${name} and ${other}`).toBe(false);
      }
    }
    for (const card of await page.locator('.card').all()) {
      await card.scrollIntoViewIfNeeded();
      expect(overhang(await boxOf(card.locator('img')), await boxOf(card))).toBeLessThanOrEqual(0.5);
    }
    await page.getByRole('link', { name: 'History' }).click();
    const past = page.getByRole('list', { name: 'History' }).getByRole('listitem');
    await past.first().waitFor();
    for (const entry of await past.all()) {
      await entry.scrollIntoViewIfNeeded();
      expect(overhang(await boxOf(entry.locator('canvas')), await boxOf(entry))).toBeLessThanOrEqual(0.5);
    }
    await past.first().getByRole('link').click();
    const input = page.getByRole('img', { name: 'What the network saw' });
    await input.waitFor();
    expect(overhang(await boxOf(input), await boxOf(page.locator('.sheet')))).toBeLessThanOrEqual(0.5);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  });
});
