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
