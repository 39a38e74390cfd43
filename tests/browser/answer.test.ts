import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { digitPng } from '../integration/pictures.ts';
import { violations } from './axe.ts';
import { drawDigit } from './draw-digit.ts';
import { test } from './fixtures.ts';
import { type Service, startService } from './restartable-service.ts';

const networkInput = (page: Page) => page.getByRole('img', { name: '28 × 28 pixels in white on black' });
const readAs = (page: Page, digit: number) => page.getByRole('status').getByText(new RegExp(`^${digit}\\. `));

describe('the network input', () => {
  test('comes with the result, into its empty place', async ({ open }) => {
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
    await networkInput(page).waitFor();
    // What is read of a part of the stroke may be doubtful, and say more.
    await readAs(page, 3).waitFor();
    expect(await place()).toEqual(before);
    const values = await networkInput(page).evaluate((canvas: HTMLCanvasElement) => {
      const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
      return [...data].filter((_, index) => index % 4 === 3);
    });
    expect(values).toHaveLength(28 * 28);
    expect([Math.min(...values), Math.max(...values)]).toEqual([0, 255]);
  });

  test('comes with the result of a chosen image', async ({ open }) => {
    const page = await open();
    const buffer = await digitPng(5);
    await page.setInputFiles('input[type=file][multiple]', { name: '5.png', mimeType: 'image/png', buffer });
    await readAs(page, 5).waitFor();
    expect(await networkInput(page).isVisible()).toBe(true);
  });

  test('is marked as missing when the service has not stored it', async ({ open, service }) => {
    const page = await open();
    await page.route('**/predictions?preview=true', (route) =>
      route.continue({ url: `${service.url}/predictions` }),
    );
    await drawDigit(page, 3);
    await page.getByText('not available').waitFor();
    expect(await networkInput(page).count()).toBe(0);
  });
});

describe('the answer', () => {
  test('begins with the digit for a screen reader, and so does a card', async ({ open }) => {
    const page = await open({ viewport: { width: 390, height: 844 } });
    await drawDigit(page, 3);
    await readAs(page, 3).waitFor();
    const words = () => page.getByRole('region', { name: 'Answer' }).ariaSnapshot();
    expect(await words()).toMatch(
      /^- region "Answer":\n {2}- heading "3, Your drawing" \[level=2\]\n {2}- paragraph: Almost certain/,
    );
    const buffer = await digitPng(5);
    await page.setInputFiles('input[type=file][multiple]', {
      name: 'IMG_1003_7.png',
      mimeType: 'image/png',
      buffer,
    });
    await readAs(page, 5).waitFor();
    expect(await words()).toMatch(/^- region "Answer":\n {2}- heading "5, IMG_1003_7\.png"/);
    await page.getByRole('button', { name: /^5, [^,]*%, IMG_1003_7\.png$/ }).waitFor();
  });
});

describe('a service without feedback', () => {
  test('shows nothing of it', async ({ open }) => {
    const page = await open();
    await drawDigit(page, 3);
    await readAs(page, 3).waitFor();
    expect(await page.locator('.feedback-line, .feedback').count()).toBe(0);
  });
});

describe('a service with feedback', () => {
  let service: Service;
  beforeAll(async () => {
    service = await startService(undefined, { FEEDBACK: '1' });
  });
  afterAll(() => service.close());

  const openButton = (page: Page) => page.getByRole('button', { name: 'Not a 3? Tell us what it is' });
  const digitButton = (page: Page, name: string) =>
    page.getByRole('group', { name: 'What is it really?' }).getByRole('button', { name, exact: true });

  async function drawn(page: Page): Promise<Page> {
    await drawDigit(page, 3);
    await readAs(page, 3).waitFor();
    return page;
  }

  test('saves a digit, and another one after it', async ({ open }) => {
    const page = await drawn(await open({ url: service.url }));
    await openButton(page).click();
    const saved = page.waitForResponse((response) => response.request().method() === 'PUT');
    await digitButton(page, '8').click();
    const response = await saved;
    expect(response.status()).toBe(200);
    expect(response.request().postDataJSON()).toEqual({ digit: 8 });
    await page.getByRole('status').getByText('Thanks. Saved as 8.').waitFor();
    await page.getByRole('button', { name: 'Change' }).click();
    expect(await digitButton(page, '8').getAttribute('aria-pressed')).toBe('true');
    await digitButton(page, 'No digit').click();
    await page.getByRole('status').getByText('Thanks. Saved as no digit.').waitFor();
  });

  test('works with the keyboard alone, which never loses its place', async ({ open }) => {
    const page = await drawn(await open({ url: service.url }));
    const focused = () => page.evaluate(() => document.activeElement?.textContent);
    await openButton(page).focus();
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

  test('reports a failed request, and sends it again on a press', async ({ open }) => {
    const page = await drawn(await open({ url: service.url, expectErrors: /ERR_FAILED/ }));
    await page.route('**/feedback', (route) => route.abort());
    await openButton(page).click();
    await digitButton(page, '5').click();
    await page.getByRole('alert').getByText('That was not saved. The service cannot be reached.').waitFor();
    await page.unroute('**/feedback');
    await page.getByRole('button', { name: 'Try now' }).click();
    await page.getByRole('status').getByText('Thanks. Saved as 5.').waitFor();
  });

  test('asks again about the next result', async ({ open }) => {
    const page = await drawn(await open({ url: service.url }));
    await openButton(page).click();
    await digitButton(page, '8').click();
    await page.getByText('Thanks.').waitFor();
    await page.getByRole('button', { name: 'Clear' }).click();
    await drawn(page);
    await openButton(page).waitFor();
    expect(await page.getByText('Thanks.').count()).toBe(0);
  });

  test.for([320, 390, 1280])('%i pixels wide, has buttons as large as a finger', async (width, { open }) => {
    const page = await drawn(await open({ url: service.url, viewport: { width, height: 800 } }));
    await openButton(page).click();
    for (const button of [openButton(page), ...(await page.locator('.feedback-digit').all())]) {
      const box = (await button.boundingBox())!;
      expect(Math.min(box.width, box.height)).toBeGreaterThanOrEqual(44);
    }
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
  });

  test.for(['light', 'dark'] as const)('axe finds nothing in %s mode', async (colorScheme, { open }) => {
    const expectErrors = /ERR_FAILED/;
    const page = await open({ url: service.url, colorScheme, reducedMotion: 'reduce', expectErrors });
    await drawn(page);
    expect(await violations(page)).toEqual([]);
    await openButton(page).click();
    expect(await violations(page)).toEqual([]);
    await page.route('**/feedback', (route) => route.abort());
    await digitButton(page, '5').click();
    await page.getByRole('alert').waitFor();
    expect(await violations(page)).toEqual([]);
    await page.unroute('**/feedback');
    await digitButton(page, '6').click();
    await page.getByText('Thanks.').waitFor();
    expect(await violations(page)).toEqual([]);
  });
});
