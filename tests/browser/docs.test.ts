import { expect } from 'vitest';
import { digitPng } from '../integration/pictures.ts';
import { test } from './fixtures.ts';

test('“Try it out” on /docs uploads an image and shows the response', async ({ open, service }) => {
  const page = await open();
  const elsewhere: string[] = [];
  page.on('request', (request) => {
    const { protocol, origin } = new URL(request.url());
    if (protocol.startsWith('http') && origin !== new URL(service.url).origin) elsewhere.push(request.url());
  });
  await page.goto(`${service.url}/docs`);
  const operation = page.locator('#operations-Predictions-predict');
  await operation.locator('.opblock-summary-control').click();
  await operation.getByRole('button', { name: 'Try it out' }).click();
  await operation
    .locator('input[type=file]')
    .setInputFiles({ name: 'seven.png', mimeType: 'image/png', buffer: await digitPng(7) });
  await operation.getByRole('button', { name: 'Execute' }).click();
  await operation.locator('.live-responses-table .response-col_status', { hasText: '200' }).waitFor();
  expect(await operation.locator('.live-responses-table').textContent()).toContain('"predicted_digit": 7');
  expect(elsewhere).toEqual([]);
});

test('/docs follows the system’s colours, and leads back to the page', async ({ open, service }) => {
  const page = await open({ colorScheme: 'dark' });
  await page.goto(`${service.url}/docs`);
  await page.locator('#operations-Predictions-predict').waitFor();
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  expect(await ground()).toBe('rgb(18, 21, 26)');
  await page.emulateMedia({ colorScheme: 'light' });
  await expect.poll(ground).toBe('rgb(244, 245, 242)');
  await page.getByRole('link', { name: '← Inkqueue' }).click();
  await page.getByRole('application', { name: 'Sheet to draw a digit on' }).waitFor();
});

test.for([320, 390])('/docs is readable %i pixels wide', async (width, { open, service }) => {
  const page = await open({ viewport: { width, height: 844 }, hasTouch: true, isMobile: true });
  await page.goto(`${service.url}/docs`);
  const operation = page.locator('#operations-Predictions-predict');
  await operation.locator('.opblock-summary-control').tap();
  await operation.getByText('How many digits the picture shows.').waitFor();
  expect(await page.evaluate(() => innerWidth)).toBe(width);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
  const size = await operation
    .locator('.opblock-summary-path')
    .evaluate((path) => getComputedStyle(path).fontSize);
  expect(Number.parseFloat(size)).toBeGreaterThanOrEqual(14);
});
