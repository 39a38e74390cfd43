import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { blankPage, type Digit, digitPng } from '../integration/pictures.ts';
import { test } from './fixtures.ts';

const CHOOSER = 'input[type=file][multiple]';
const png = (name: string, buffer: Buffer) => ({ name, mimeType: 'image/png', buffer });
const ANSWER = { name: 'Answer' };

describe('a chosen image', () => {
  test('gets a result', async ({ open }) => {
    const page = await open();
    await page.setInputFiles(CHOOSER, png('five.png', await digitPng(5)));
    await page.getByRole('status').getByText(/^5\. /).waitFor();
    expect(await page.getByRole('region', ANSWER).getByText('five.png').isVisible()).toBe(true);
    await page.getByRole('button', { name: /^5, .*%, five\.png$/ }).waitFor();
  });

  test('gives way to the drawing when it is removed', async ({ open }) => {
    const page = await open();
    await page.setInputFiles(CHOOSER, png('five.png', await digitPng(5)));
    await page.getByRole('button', { name: 'Remove five.png' }).click();
    await page.getByText('Write a digit or a number', { exact: true }).waitFor();
  });

  test.for([
    [
      'a text file called .png',
      () => Promise.resolve(Buffer.from('Not an image.')),
      'This is not a picture we can read.',
    ],
    ['a blank page', blankPage, 'No digit found.'],
    ['an empty file', () => Promise.resolve(Buffer.alloc(0)), 'This file is empty.'],
    ['a file of 26 MB', () => Promise.resolve(Buffer.alloc(26_000_000)), 'This file is too large.'],
  ] as const)('that is %s is refused with a reason', async ([, buffer, words], { open }) => {
    const page = await open({ expectErrors: /status of 4\d\d/ });
    await page.setInputFiles(CHOOSER, png('refused.png', await buffer()));
    await page.getByRole('alert').getByText(words).waitFor();
    expect(await page.getByRole('button', { name: 'Try now' }).count()).toBe(0);
  });
});

describe('many images at once', () => {
  test('each get their own result, a bad one among them', async ({ open }) => {
    const page = await open();
    const digits: Digit[] = [0, 2, 5, 7];
    const files = await Promise.all(digits.map(async (digit) => png(`${digit}.png`, await digitPng(digit))));
    await page.setInputFiles(CHOOSER, [...files, png('blank.png', await blankPage())]);
    await page.getByText('5 of 5 done, 1 not read', { exact: true }).waitFor();
    await page.getByRole('status').getByText('All 5 pictures are done. 1 could not be read.').waitFor();
    for (const digit of digits) {
      await page.getByRole('button', { name: new RegExp(`^${digit}, .*%, ${digit}\\.png$`) }).click();
      await page
        .getByRole('status')
        .getByText(new RegExp(`^${digit}(\\.|, perhaps)`))
        .waitFor();
    }
    await page.getByRole('button', { name: 'blank.png: No digit found.' }).click();
    await page.getByRole('alert').getByText('No digit found.').waitFor();
    await page.getByRole('button', { name: 'Remove all' }).click();
    await page.getByText('Write a digit or a number', { exact: true }).waitFor();
  });
});

describe('an image', () => {
  test.for(['drop', 'paste'] as const)('comes in by %s', async (way, { open }) => {
    const page = await open();
    await page.evaluate(
      ({ way, bytes }) => {
        const files = new DataTransfer();
        files.items.add(new File([new Uint8Array(bytes)], 'four.png', { type: 'image/png' }));
        const options = { bubbles: true, cancelable: true };
        document.body.dispatchEvent(
          way === 'drop'
            ? new DragEvent('drop', { ...options, dataTransfer: files })
            : new ClipboardEvent('paste', { ...options, clipboardData: files }),
        );
      },
      { way, bytes: [...(await digitPng(4))] },
    );
    await page.getByRole('status').getByText(/^4\. /).waitFor();
  });
});

describe('the camera', () => {
  test('opens by Photo, its picture is sent, and another one is a press away', async ({ open }) => {
    const page = await open({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
    const camera = page.getByLabel('Photo', { exact: true });
    expect(await camera.getAttribute('capture')).toBe('environment');
    expect(await camera.getAttribute('accept')).toBe('image/*');
    expect(await camera.getAttribute('multiple')).toBe(null);
    await camera.setInputFiles(png('photo.png', await digitPng(6, { ink: '#1d3f8f', paper: '#d9c9a8' })));
    await page.getByRole('status').getByText(/^6\. /).waitFor();
    const another = page.getByLabel('Take another');
    expect(await another.getAttribute('capture')).toBe('environment');
    await another.setInputFiles(png('next.png', await digitPng(2)));
    await page.getByRole('status').getByText(/^2\. /).waitFor();
    await another.waitFor({ state: 'attached' });
  });

  test('is not opened by Files, whose pictures offer no other photo', async ({ open }) => {
    const page = await open();
    const files = page.getByLabel('Files', { exact: true });
    expect(await files.getAttribute('capture')).toBe(null);
    await files.setInputFiles(png('five.png', await digitPng(5)));
    await page.getByRole('status').getByText(/^5\. /).waitFor();
    expect(await page.getByText('Take another').count()).toBe(0);
  });
});

describe('a sample image', () => {
  test.for([
    ['Blue pen, photographed', 7],
    ['Pencil on squared paper', 2],
    ['Chalk on a board', 5],
  ] as const)('is sent as if it had been chosen: %s', async ([name, digit], { open }) => {
    const page = await open();
    const sent = page.waitForRequest((request) => request.method() === 'POST');
    await page.getByRole('group', { name: 'Pictures to try' }).getByRole('button', { name }).click();
    expect(new URL((await sent).url()).pathname).toBe('/predictions');
    await page
      .getByRole('status')
      .getByText(new RegExp(`^${digit}\\. `))
      .waitFor();
    await page.getByRole('img', { name: `${name}.jpg` }).waitFor();
    await page.getByRole('button', { name: new RegExp(`^${digit}, .*%, ${name}\\.jpg$`) }).waitFor();
  });

  test('that is not a digit is shown as uncertain', async ({ open }) => {
    const page = await open();
    await page.getByRole('button', { name: 'Not a digit', exact: true }).click();
    await page.getByText('Better check: this may not be a digit, or not a clear one.').waitFor();
    await page.getByRole('status').getByText('Better check.').waitFor();
    const colour = () => page.locator('.verdict-digit').evaluate((digit) => getComputedStyle(digit).stroke);
    const guessed = await colour();
    // The samples stand in the answer's place until there is a drawing.
    await page.getByRole('button', { name: 'Draw', exact: true }).click();
    await page.getByRole('button', { name: 'Pencil on squared paper', exact: true }).click();
    await page.getByRole('status').getByText(/^2\. /).waitFor();
    expect(await colour()).not.toBe(guessed);
  });

  test('is not offered when its code could not be fetched', async ({ open }) => {
    const page = await open({ expectErrors: /ERR_FAILED/ });
    const samples = page.getByRole('group', { name: 'Pictures to try' });
    await samples.waitFor();
    await page.route('**/sample-images-*.js', (route) => route.abort());
    await page.reload();
    await page.getByRole('heading', { name: 'See what it reads' }).waitFor();
    await samples.waitFor({ state: 'detached' });
  });
});

test('a file that is larger than the service takes is not sent at all, and the limit is named', async ({
  open,
}) => {
  const page = await open();
  let sent = 0;
  page.on('request', (request) => {
    if (request.method() === 'POST') sent += 1;
  });
  await page.setInputFiles(CHOOSER, {
    name: 'large.png',
    mimeType: 'image/png',
    buffer: Buffer.alloc(30_000_000),
  });
  await page.getByRole('alert').getByText('This file is too large.').waitFor();
  await page.getByRole('alert').getByText('Send a smaller picture, at most 25 MB.').waitFor();
  expect(sent).toBe(0);
});

describe('a file that changes on the disk', () => {
  test('before it is sent must be chosen again; one that changes while it is sent is read as it was', async ({
    open,
    onTestFinished,
  }) => {
    const folder = await mkdtemp(join(tmpdir(), 'inkqueue-files-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const paths = await Promise.all(
      ([1, 2, 3, 4] as const).map(async (digit) => {
        const name = `${digit}.png`;
        await writeFile(join(folder, name), await digitPng(digit));
        return join(folder, name);
      }),
    );
    const page = await open();
    let held = 0;
    let release = () => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    await page.route('**/predictions?*', async (route) => {
      held += 1;
      await released;
      await route.continue();
    });
    await page.setInputFiles(CHOOSER, paths);
    // Three are sent at once, the fourth waits for its turn.
    await expect.poll(() => held).toBe(3);
    for (const path of paths) {
      await writeFile(path, 'Now something else is in here.');
      await utimes(path, new Date(), new Date(Date.now() + 60_000));
    }
    release();
    await page.getByText(/^4 of 4 done/).waitFor();
    expect(await page.locator('.card[data-phase=done]').count()).toBe(3);
    await page.locator('.card[data-phase=failed] .card-show').click();
    await page.getByRole('alert').getByText('This file can no longer be read.').waitFor();
    await page.getByRole('alert').getByText('Choose it again.').waitFor();
  });
});
