import { randomBytes } from 'node:crypto';
import type { Page } from 'playwright-core';
import sharp, { type Sharp } from 'sharp';
import { describe, expect } from 'vitest';
import { digit, digitPng } from '../integration/pictures.ts';
import { test } from './fixtures.ts';
import { boxOf, overhang } from './screens.ts';

const CHOOSER = 'input[type=file][multiple]';
const readAs = (page: Page, digit: number) => page.getByRole('status').getByText(new RegExp(`^${digit}\\. `));

/** Paper with the grain of a camera, which no format makes small, and in its right half a blue 5, turned by so many degrees. */
async function photo(width: number, height: number, degrees = 0): Promise<Sharp> {
  const side = Math.round(Math.min(width, height) * 0.3);
  const tile = 512;
  const grain = Buffer.from(randomBytes(tile * tile * 3).map((value) => 222 + (value % 24)));
  return sharp({ create: { width, height, channels: 3, background: '#fff' } })
    .composite([
      { input: grain, raw: { width: tile, height: tile, channels: 3 }, tile: true },
      {
        input: await sharp(await digitPng(5, { side, ink: '#1d3f8f', paper: 'none' }))
          .rotate(degrees)
          .toBuffer(),
        left: Math.round(width * 0.7 - side / 2),
        top: Math.round((height - side) / 2),
      },
    ])
    .removeAlpha();
}

/** Chooses a file, waits until it is sent; resolves to the bytes of the file that was sent for it. */
async function send(page: Page, name: string, mimeType: string, buffer: Buffer): Promise<number> {
  await page.evaluate(() => {
    const { send } = XMLHttpRequest.prototype;
    XMLHttpRequest.prototype.send = function (this: XMLHttpRequest, body) {
      const file = body instanceof FormData ? body.get('file') : null;
      if (file instanceof File) Object.assign(window, { sentBytes: file.size });
      send.call(this, body);
    };
  });
  const sent = page.waitForRequest((request) => request.method() === 'POST');
  await page.setInputFiles(CHOOSER, { name, mimeType, buffer });
  await sent;
  return page.evaluate(() => (window as unknown as { sentBytes: number }).sentBytes);
}

function pictureSize(page: Page): Promise<number[]> {
  return page
    .locator('.stage-picture')
    .evaluate((picture: HTMLImageElement) => [picture.naturalWidth, picture.naturalHeight]);
}

describe('a large photo', () => {
  test('of 50 megapixels, held sideways, is sent upright and small, and its digit has a box', async ({
    open,
  }) => {
    const page = await open();
    // Stored on its side: upright it is 6,120 pixels wide.
    const stored = (await photo(8160, 6120, -90)).withMetadata({ orientation: 6 });
    const buffer = await stored.jpeg({ quality: 80 }).toBuffer();
    expect(buffer.length).toBeGreaterThan(3_000_000);
    expect(await send(page, 'IMG_1.jpg', 'image/jpeg', buffer)).toBeLessThan(1_000_000);
    const box = page.locator('.boxes .box');
    await box.waitFor();
    expect(await pictureSize(page)).toEqual([1200, 1600]);
    // Turned to the right, the right half lies below.
    const [inner, picture] = [await boxOf(box), await boxOf(page.locator('.stage-picture'))];
    expect(overhang(inner, picture)).toBeLessThanOrEqual(0.5);
    expect((inner.top + inner.bottom) / 2).toBeGreaterThan((picture.top + picture.bottom) / 2);
  });

  test('of more bytes than the service takes is read all the same', async ({ open }) => {
    const page = await open();
    const buffer = await (await photo(4000, 3000)).png({ compressionLevel: 0 }).toBuffer();
    expect(buffer.length).toBeGreaterThan(30_000_000);
    expect(await send(page, 'large.png', 'image/png', buffer)).toBeLessThan(1_000_000);
    await readAs(page, 5).waitFor();
  });
});

describe('a small picture', () => {
  test('of 28 × 28 pixels is sent as it is', async ({ open }) => {
    const page = await open();
    const buffer = await digit(5).resize(28, 28).png().toBuffer();
    expect(await send(page, 'small.png', 'image/png', buffer)).toBe(buffer.length);
    await readAs(page, 5).waitFor();
    expect(await pictureSize(page)).toEqual([28, 28]);
  });

  test('of a format that the service does not read is sent as one that it does: SVG', async ({ open }) => {
    const page = await open();
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 280 280"><path fill="none" stroke="#124" stroke-width="18"
      d="M75 52 L205 52 L125 238"/></svg>`;
    await send(page, 'seven.svg', 'image/svg+xml', Buffer.from(svg));
    await readAs(page, 7).waitFor();
  });

  test('that nobody can decode goes as it is, and the service says why not', async ({ open }) => {
    const page = await open({ expectErrors: /status of 415/ });
    const buffer = Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from('ftypheic'), randomBytes(400)]);
    await send(page, 'IMG_2.HEIC', 'image/heic', buffer);
    await page.getByRole('alert').getByText('This is not a picture we can read.').waitFor();
  });
});

test('a large transparent picture stays transparent: light ink on nothing is read', async ({ open }) => {
  const page = await open();
  const side = 1800;
  const ink = await digit(5, { side, ink: '#fff', paper: 'none' }).png().toBuffer();
  const pixels = await sharp(ink).raw().toBuffer();
  // Its colours are noise where nothing of them shows.
  const noise = randomBytes(pixels.length);
  for (let pixel = 0; pixel < pixels.length; pixel += 4)
    if (pixels[pixel + 3] === 0) noise.copy(pixels, pixel, pixel, pixel + 3);
  const buffer = await sharp(pixels, { raw: { width: side, height: side, channels: 4 } })
    .png()
    .toBuffer();
  expect(buffer.length).toBeGreaterThan(500_000);
  await send(page, 'light.png', 'image/png', buffer);
  await readAs(page, 5).waitFor();
  expect(await pictureSize(page)).toEqual([1600, 1600]);
});

test('the upload of a photo says how many bytes are sent', async ({ open }) => {
  const page = await open();
  const client = await page.context().newCDPSession(page);
  await client.send('Network.enable');
  await client.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 0,
    downloadThroughput: -1,
    uploadThroughput: 100_000,
  });
  const buffer = await (await photo(1500, 1400)).jpeg({ quality: 75 }).toBuffer();
  expect(buffer.length).toBeGreaterThan(120_000);
  const chosen = page.setInputFiles(CHOOSER, { name: 'photo.jpg', mimeType: 'image/jpeg', buffer });
  await page.getByText(/^\d+(\.\d)? kB of \d+(\.\d)? kB sent\./).waitFor();
  await page.getByRole('progressbar', { name: 'Sending…' }).waitFor();
  await chosen;
  await client.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 0,
    downloadThroughput: -1,
    uploadThroughput: -1,
  });
  await readAs(page, 5).waitFor();
});

test('a picture goes as it is where the code that prepares it cannot be fetched', async ({ open }) => {
  const page = await open({ expectErrors: /ERR_FAILED/ });
  await page.route('**/assets/worker-*.js', (route) => route.abort());
  const buffer = await digit(5, { side: 500 }).png({ compressionLevel: 0 }).toBuffer();
  expect(await send(page, 'five.png', 'image/png', buffer)).toBe(buffer.length);
  await readAs(page, 5).waitFor();
});
