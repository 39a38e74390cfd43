import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { blankPage, type Digit, digitPng } from '../integration/pictures.ts';
import { drawDigit } from './draw-digit.ts';
import { reopen, test } from './fixtures.ts';
import { allDone } from './many-files.ts';
import { boxOf, overlap, SCREENS } from './screens.ts';

const CHOOSER = 'input[type=file][multiple]';
const SUBMISSIONS = '**/predictions?*';
const noNetwork = /ERR_INTERNET_DISCONNECTED|ERR_CONNECTION|ERR_FAILED|WebSocket|status of/;
const readAs = (page: Page, digit: number) => page.getByRole('status').getByText(new RegExp(`^${digit}\\. `));
const png = (name: string, buffer: Buffer) => ({ name, mimeType: 'image/png', buffer });
/** All texts of the page. */
const seen = (page: Page) => page.locator('#root').textContent();

describe('an image that the browser cannot show', () => {
  test('and the service neither: only the answer says what is wrong', async ({ open }) => {
    const page = await open({ expectErrors: /status of 4/ });
    await page.setInputFiles(CHOOSER, png('empty.png', Buffer.alloc(0)));
    await page.getByRole('alert').getByText('This file is empty.').waitFor();
    expect(await seen(page)).not.toMatch(/cannot show|still/);
  });

  test('but the service can is shown as the network saw it', async ({ open }) => {
    const page = await open();
    // No browser that has no decoder for TIFF shows this.
    const sharp = (await import('sharp')).default;
    const buffer = await sharp(await digitPng(5))
      .tiff()
      .toBuffer();
    let release = () => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    await page.route(SUBMISSIONS, async (route) => {
      await released;
      await route.continue();
    });
    await page.setInputFiles(CHOOSER, { name: 'scan.tiff', mimeType: 'image/tiff', buffer });
    await page.getByText('This browser cannot show this picture. The service may still read it.').waitFor();
    release();
    await readAs(page, 5).waitFor();
    await page.getByText('This browser cannot show the picture itself.').waitFor();
    await page.locator('.result-sheet canvas').waitFor();
    expect(await seen(page)).not.toContain('may still');
  });

  test('of a format that the service does not read: the service says which', async ({ open }) => {
    const page = await open({ expectErrors: /status of 415/ });
    const answered = page.waitForResponse((response) => response.request().method() === 'POST');
    await page.setInputFiles(CHOOSER, png('letter.png', Buffer.from('Dear all,')));
    const { detail } = await (await answered).json();
    await page.getByRole('alert').getByText(detail).waitFor();
  });
});

describe('a place in the queue', () => {
  test('is promised only once the service has accepted the image', async ({
    open,
    service,
    onTestFinished,
  }) => {
    const page = await open();
    let release = () => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    await page.route(SUBMISSIONS, async (route) => {
      await released;
      await route.continue();
    });
    await service.stopWorkers();
    onTestFinished(service.startWorker);
    await page.setInputFiles(CHOOSER, png('4.png', await digitPng(4)));
    await page.getByText('Still on its way to the service.').first().waitFor();
    expect(await seen(page)).not.toMatch(/place in the queue/);
    release();
    await page.getByText('Still reading. Your place in the queue is kept.').first().waitFor();
    expect(await seen(page)).not.toMatch(/on its way/);
    await service.startWorker();
    await readAs(page, 4).waitFor();
  });
});

describe('the end of a batch', () => {
  test('says how many could not be read, to the eye and to the ear', async ({ open }) => {
    const page = await open();
    const blank = await blankPage();
    const files = await Promise.all(
      Array.from({ length: 60 }, async (_, index) =>
        png(`${index}.png`, index % 6 === 0 ? blank : await digitPng((index % 10) as Digit)),
      ),
    );
    await page.setInputFiles(CHOOSER, files);
    await page.getByRole('button', { name: '10 without a digit' }).waitFor();
    await allDone(page, '60', ' 10 could not be read.');
  });
});

describe('while the service is away', () => {
  test.for(['light', 'dark'] as const)(
    'the last result does not shine as if it were new, in %s mode',
    async (colorScheme, { open }) => {
      const page = await open({ colorScheme, expectErrors: noNetwork });
      await drawDigit(page, 3);
      await readAs(page, 3).waitFor();
      const colours = () =>
        page.evaluate(() => {
          const best = document.querySelector('.bar[data-best=true] .bar-ink')!;
          const digit = document.querySelector('.verdict-digit')!;
          const accent = getComputedStyle(document.documentElement).getPropertyValue('--accent');
          const probe = document.body.appendChild(document.createElement('i'));
          probe.style.color = accent;
          const red = getComputedStyle(probe).color;
          probe.remove();
          return [getComputedStyle(best).backgroundColor, getComputedStyle(digit).stroke].map(
            (colour) => colour === red,
          );
        });
      const requireStale = async () => {
        expect(await colours()).toEqual([false, false]);
        expect(await page.locator('.journey-step[data-state=past]').count()).toBe(0);
        expect(await page.locator('.journey').textContent()).not.toMatch(/\d ms|JSON/);
      };
      expect(await colours()).toEqual([true, true]);
      // First the service is silent, then it is gone.
      let abort = () => {};
      const aborted = new Promise<void>((resolve) => {
        abort = resolve;
      });
      await page.route(SUBMISSIONS, async (route) => {
        await aborted;
        await route.abort();
      });
      await page.locator('.pen[title=Broad]').click();
      await drawDigit(page, 7);
      await page.getByText('Still on its way to the service.').first().waitFor();
      await requireStale();
      abort();
      await page.getByRole('alert').getByText('The service cannot be reached.').waitFor();
      await requireStale();
      await page.unroute(SUBMISSIONS);
      await page.getByRole('button', { name: 'Try now' }).click();
      await page.locator('.journey-step[data-state=past]').nth(4).waitFor();
      await page.getByRole('button', { name: 'Clear' }).click();
      await drawDigit(page, 3);
      await readAs(page, 3).waitFor();
      await expect.poll(colours, { timeout: 10_000 }).toEqual([true, true]);
    },
  );

  test('one place says so: the answer, or else the note below', async ({ open }) => {
    const page = await open({ expectErrors: noNetwork });
    await reopen(page, () => page.routeWebSocket(/socket\.io/, (socket) => socket.close()));
    const note = page.locator('.connection');
    await page.context().setOffline(true);
    await note.getByText('You are offline.').waitFor();
    await drawDigit(page, 3);
    await page.getByRole('alert').getByText('You are offline.').waitFor();
    expect(await note.textContent()).toBe('');
    await page.context().setOffline(false);
    await readAs(page, 3).waitFor();
    // Accepted, and then the service is gone: the answer promises a place, the note says why nothing comes.
    await page.route('**/predictions/*', (route) => route.abort());
    await page.setInputFiles(CHOOSER, png('4.png', await digitPng(4)));
    await note.getByText('The service cannot be reached. What it has accepted keeps its place.').waitFor();
    await page.unroute('**/predictions/*');
    await readAs(page, 4).waitFor();
    expect(await note.textContent()).toBe('');
  });
});

describe.for(SCREENS)('on a screen of %i × %i', ([width, height]) => {
  test('the note below lies above everything else, and hides nothing for good', async ({ open }) => {
    const page = await open({ viewport: { width, height }, expectErrors: noNetwork });
    await drawDigit(page, 3);
    await readAs(page, 3).waitFor();
    await page.context().setOffline(true);
    const note = page.locator('.connection');
    await note.getByText('You are offline.').waitFor();
    const covered = async () => {
      const box = await boxOf(note);
      return page.evaluate(({ left, top, right, bottom }) => {
        const points = [0.02, 0.25, 0.5, 0.75, 0.98].flatMap((x) =>
          [0.1, 0.5, 0.9].map((y) => [left + (right - left) * x, top + (bottom - top) * y] as const),
        );
        return points.filter(([x, y]) => !document.elementFromPoint(x, y)?.closest('.connection')).length;
      }, box);
    };
    const end = await page.evaluate(() => document.documentElement.scrollHeight);
    for (let top = 0; top < end; top += 40) {
      await page.evaluate((top) => scrollTo(0, top), top);
      expect(await covered()).toBe(0);
    }
    const last = page.getByRole('button', { name: 'Behind the scenes' });
    expect(overlap(await boxOf(last), await boxOf(note))).toBe(false);
  });
});
