import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { type Digit, digitPng } from '../integration/pictures.ts';
import { drawDigit } from './draw-digit.ts';
import { test } from './fixtures.ts';
import { allDone } from './many-files.ts';

const CHOOSER = 'input[type=file][multiple]';
const readAs = (page: Page, digit: number) => page.getByRole('status').getByText(new RegExp(`^${digit}\\. `));
const files = (count: number) =>
  Promise.all(
    Array.from({ length: count }, async (_, index) => ({
      name: `${index}.png`,
      mimeType: 'image/png',
      buffer: await digitPng((index % 10) as Digit),
    })),
  );

/** Takes away what came to browsers after the oldest ones that docs/page.md names. Runs in the page. */
function removeNewerFeatures(): void {
  const remove = (owner: object | undefined, ...names: string[]) => {
    for (const name of names) if (owner) Reflect.deleteProperty(owner, name);
  };
  remove(AbortSignal, 'any');
  remove(Promise, 'withResolvers', 'try');
  remove(Object, 'groupBy');
  remove(Map, 'groupBy');
  remove(Array, 'fromAsync');
  remove(URL, 'canParse', 'parse');
  remove(RegExp, 'escape');
  remove(Math, 'sumPrecise', 'f16round');
  remove(Uint8Array, 'fromBase64', 'fromHex');
  remove(Uint8Array.prototype, 'toBase64', 'toHex', 'setFromBase64');
  remove(ArrayBuffer.prototype, 'transfer', 'transferToFixedLength', 'resize');
  remove(Blob.prototype, 'bytes');
  remove(Response.prototype, 'bytes');
  remove(
    Set.prototype,
    'union',
    'intersection',
    'difference',
    'isSubsetOf',
    'isSupersetOf',
    'isDisjointFrom',
  );
  remove(Element.prototype, 'checkVisibility', 'setHTMLUnsafe', 'moveBefore', 'getHTML');
  remove(HTMLElement.prototype, 'showPopover', 'hidePopover', 'togglePopover');
  remove(PointerEvent.prototype, 'getCoalescedEvents', 'getPredictedEvents');
  remove(Document, 'parseHTMLUnsafe');
  remove(Document.prototype, 'startViewTransition');
  const iterators = Object.getPrototypeOf(Object.getPrototypeOf([][Symbol.iterator]()));
  remove(
    iterators,
    'map',
    'filter',
    'take',
    'drop',
    'flatMap',
    'reduce',
    'toArray',
    'forEach',
    'some',
    'every',
    'find',
  );
  remove(
    window,
    'Iterator',
    'requestIdleCallback',
    'cancelIdleCallback',
    'scheduler',
    'URLPattern',
    'navigation',
  );
}

test('the oldest browsers have all that the page needs', async ({ open, service }) => {
  const page = await open();
  await page.addInitScript(removeNewerFeatures);
  await page.reload();
  expect(await page.evaluate(() => 'any' in AbortSignal)).toBe(false);
  await drawDigit(page, 3);
  await readAs(page, 3).waitFor();
  await page.setInputFiles(CHOOSER, await files(6));
  await allDone(page, '6');
  await page.locator('.picture-open').first().click();
  await page.keyboard.press('7');
  await page.getByRole('dialog').getByText('Set by you', { exact: true }).waitFor();
  await page.keyboard.press('Escape');
  await page.goBack();
  await page.getByRole('button', { name: 'Behind the scenes' }).click();
  await page.locator('.workers tbody tr').first().waitFor();
  await page.getByRole('link', { name: 'Link', exact: true }).click();
  await page.getByRole('heading', { name: /Result of / }).waitFor();
  await page.goto(`${service.url}/ui/history`);
  await page.getByRole('searchbox').fill('3');
  await page.getByRole('list', { name: 'History' }).getByRole('link').first().waitFor();
});

test('where a browser lacks something all the same, the page says so', async ({ open }) => {
  const page = await open({ expectErrors: /arrayBuffer is not a function/ });
  await page.evaluate(() => Reflect.deleteProperty(Blob.prototype, 'arrayBuffer'));
  await page.setInputFiles(CHOOSER, await files(1));
  await page.getByRole('alert').getByText('Something went wrong on this page.').waitFor();
  await page.setInputFiles(CHOOSER, await files(6));
  await page.getByRole('button', { name: '6 failed' }).waitFor();
});

test('a browser that cannot run the page’s code shows which browsers can', async ({ open, service }) => {
  const page = await open({ expectErrors: /Unexpected|SyntaxError|Invalid/ });
  await page.route('**/ui/assets/*.js', (route) =>
    route.fulfill({ contentType: 'text/javascript', body: 'const a = #;' }),
  );
  await page.goto(`${service.url}/ui/`);
  const note = page.getByText('This page has not started yet.');
  await note.waitFor({ state: 'attached' });
  expect(await note.isVisible()).toBe(false);
  await note.waitFor({ timeout: 10_000 });
  expect(await note.textContent()).toMatch(/Chrome or Edge 111,\s+Firefox 121, Safari 16\.4/);
});

/** What protections against fingerprinting do to a canvas. Each runs in the page. */
const PROTECTIONS: Record<string, () => void> = {
  'a blank image': () => {
    const { toBlob } = HTMLCanvasElement.prototype;
    HTMLCanvasElement.prototype.toBlob = function (...given) {
      const blank = document.createElement('canvas');
      [blank.width, blank.height] = [this.width, this.height];
      toBlob.apply(blank, given);
    };
  },
  'a white image': () => {
    const { toBlob } = HTMLCanvasElement.prototype;
    HTMLCanvasElement.prototype.toBlob = function (...given) {
      const context = this.getContext('2d')!;
      context.fillStyle = '#fff';
      context.fillRect(0, 0, this.width, this.height);
      toBlob.apply(this, given);
    };
  },
  noise: () => {
    const { toBlob } = HTMLCanvasElement.prototype;
    HTMLCanvasElement.prototype.toBlob = function (...given) {
      const context = this.getContext('2d')!;
      const image = context.createImageData(this.width, this.height);
      for (let at = 0; at < image.data.length; at += 1)
        image.data[at] = at % 4 === 3 ? 255 : Math.random() * 256;
      context.putImageData(image, 0, 0);
      toBlob.apply(this, given);
    };
  },
};

describe('a browser whose protection against fingerprinting gives out', () => {
  test.for(Object.entries(PROTECTIONS))(
    '%s: the page says so, and nothing is sent',
    async ([, protect], { open }) => {
      const page = await open();
      await page.addInitScript(protect);
      await page.reload();
      const sent: string[] = [];
      page.on('request', (request) => request.method() === 'POST' && sent.push(request.url()));
      await drawDigit(page, 3);
      await page.getByRole('alert').getByText('This browser altered the drawing.').waitFor();
      expect(await page.getByRole('button', { name: 'Try now' }).count()).toBe(0);
      expect(sent).toEqual([]);
    },
  );

  test('a drawing with a little noise in it reads it all the same', async ({ open }) => {
    const page = await open();
    await page.addInitScript(() => {
      const { toBlob } = HTMLCanvasElement.prototype;
      HTMLCanvasElement.prototype.toBlob = function (...given) {
        const context = this.getContext('2d')!;
        const image = context.getImageData(0, 0, this.width, this.height);
        for (let at = 0; at < image.data.length; at += 7) if (at % 4 !== 3) image.data[at]! ^= 1;
        context.putImageData(image, 0, 0);
        toBlob.apply(this, given);
      };
    });
    await page.reload();
    await drawDigit(page, 3);
    await readAs(page, 3).waitFor();
  });

  test('altered pixels is offered no samples, which would be altered as well', async ({ open }) => {
    const page = await open();
    await page.addInitScript(() => {
      const { getImageData } = CanvasRenderingContext2D.prototype;
      CanvasRenderingContext2D.prototype.getImageData = function (...given) {
        const image = getImageData.apply(this, given);
        for (let at = 0; at < image.data.length; at += 1) image.data[at] = Math.random() * 256;
        return image;
      };
    });
    await page.reload();
    await page.getByRole('group', { name: 'Pictures to try' }).waitFor({ state: 'detached' });
  });
});
