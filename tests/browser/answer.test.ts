import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { digitPng } from '../integration/pictures.ts';
import { violations } from './axe.ts';
import { drawDigit } from './draw-digit.ts';
import { test } from './fixtures.ts';
import { type Service, startService } from './service.ts';

const seen = (page: Page) => page.getByRole('img', { name: '28 × 28 pixels in white on black' });
const readAs = (page: Page, digit: number) => page.getByRole('status').getByText(`Read as ${digit}.`);

describe('what the network saw', () => {
  test('comes with the answer, into the place that was kept for it', async ({ open }) => {
    const page = await open();
    const place = () =>
      page.locator('.seen, .bars, .tray').evaluateAll((elements) =>
        elements.map((element) => {
          const { x, y, width } = element.getBoundingClientRect();
          return [x, y, width].map(Math.round);
        }),
      );
    const before = await place();
    await drawDigit(page, 3);
    await seen(page).waitFor();
    expect(await place()).toEqual(before);
    const values = await seen(page).evaluate((canvas: HTMLCanvasElement) => {
      const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
      return [...data].filter((_, index) => index % 4 === 3);
    });
    expect(values).toHaveLength(28 * 28);
    expect([Math.min(...values), Math.max(...values)]).toEqual([0, 255]);
  });

  test('comes with the answer to a chosen picture', async ({ open }) => {
    const page = await open();
    const buffer = await digitPng(5);
    await page.setInputFiles('input[type=file][multiple]', { name: '5.png', mimeType: 'image/png', buffer });
    await readAs(page, 5).waitFor();
    expect(await seen(page).isVisible()).toBe(true);
  });

  test('is said to be missing where the service has not kept it', async ({ open, service }) => {
    const page = await open();
    await page.route('**/predictions?preview=true', (route) =>
      route.continue({ url: `${service.url}/predictions` }),
    );
    await drawDigit(page, 3);
    await page.getByText('not available').waitFor();
    expect(await seen(page).count()).toBe(0);
  });
});

describe('where nobody asks for feedback', () => {
  test('nothing of it is to be seen', async ({ open }) => {
    const page = await open();
    await drawDigit(page, 3);
    await readAs(page, 3).waitFor();
    expect(await page.locator('.feedback-line, .feedback').count()).toBe(0);
  });
});

describe('where feedback is asked for', () => {
  let service: Service;
  beforeAll(async () => {
    service = await startService(undefined, { FEEDBACK: '1' });
  });
  afterAll(() => service.close());

  const ask = (page: Page) => page.getByRole('button', { name: 'Not a 3? Tell us what it is' });
  const say = (page: Page, name: string) =>
    page.getByRole('group', { name: 'What is it really?' }).getByRole('button', { name, exact: true });

  async function drawn(page: Page): Promise<Page> {
    await drawDigit(page, 3);
    await readAs(page, 3).waitFor();
    return page;
  }

  test('a digit is told, kept, and told otherwise', async ({ open }) => {
    const page = await drawn(await open({ url: service.url }));
    await ask(page).click();
    const told = page.waitForResponse((response) => response.request().method() === 'PUT');
    await say(page, '8').click();
    const response = await told;
    expect(response.status()).toBe(200);
    expect(response.request().postDataJSON()).toEqual({ digit: 8 });
    await page.getByRole('status').getByText('Thanks. Saved as 8.').waitFor();
    await page.getByRole('button', { name: 'Change' }).click();
    expect(await say(page, '8').getAttribute('aria-pressed')).toBe('true');
    await say(page, 'No digit').click();
    await page.getByRole('status').getByText('Thanks. Saved as no digit.').waitFor();
  });

  test('the keyboard is enough, and never lost', async ({ open }) => {
    const page = await drawn(await open({ url: service.url }));
    const focused = () => page.evaluate(() => document.activeElement?.textContent);
    await ask(page).focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    expect(await focused()).toBe('0');
    await page.keyboard.press('Escape');
    await expect.poll(focused, { timeout: 10_000 }).toBe('Not a 3? Tell us what it is');
    await page.keyboard.press('Enter');
    for (const _ of '01234') await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('status').getByText('Thanks. Saved as 4.').waitFor();
    await expect.poll(focused, { timeout: 10_000 }).toBe('Change');
  });

  test('what could not be sent is said so, and sent again on a press', async ({ open }) => {
    const page = await drawn(await open({ url: service.url, expectErrors: /ERR_FAILED/ }));
    await page.route('**/feedback', (route) => route.abort());
    await ask(page).click();
    await say(page, '5').click();
    await page.getByRole('alert').getByText('That was not saved. The service cannot be reached.').waitFor();
    await page.unroute('**/feedback');
    await page.getByRole('button', { name: 'Try now' }).click();
    await page.getByRole('status').getByText('Thanks. Saved as 5.').waitFor();
  });

  test('the next answer is asked about anew', async ({ open }) => {
    const page = await drawn(await open({ url: service.url }));
    await ask(page).click();
    await say(page, '8').click();
    await page.getByText('Thanks.').waitFor();
    await page.getByRole('button', { name: 'Clear' }).click();
    await drawn(page);
    await ask(page).waitFor();
    expect(await page.getByText('Thanks.').count()).toBe(0);
  });

  test.for([320, 390, 1280])(
    '%i pixels wide, every button is as large as a finger',
    async (width, { open }) => {
      const page = await drawn(await open({ url: service.url, viewport: { width, height: 800 } }));
      await ask(page).click();
      for (const button of [ask(page), ...(await page.locator('.feedback-digit').all())]) {
        const box = (await button.boundingBox())!;
        expect(Math.min(box.width, box.height)).toBeGreaterThanOrEqual(44);
      }
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
    },
  );

  test.for(['light', 'dark'] as const)('axe finds nothing in %s mode', async (colorScheme, { open }) => {
    const expectErrors = /ERR_FAILED/;
    const page = await open({ url: service.url, colorScheme, reducedMotion: 'reduce', expectErrors });
    await drawn(page);
    expect(await violations(page)).toEqual([]);
    await ask(page).click();
    expect(await violations(page)).toEqual([]);
    await page.route('**/feedback', (route) => route.abort());
    await say(page, '5').click();
    await page.getByRole('alert').waitFor();
    expect(await violations(page)).toEqual([]);
    await page.unroute('**/feedback');
    await say(page, '6').click();
    await page.getByText('Thanks.').waitFor();
    expect(await violations(page)).toEqual([]);
  });
});
