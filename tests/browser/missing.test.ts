import { expect } from 'vitest';
import { violations } from './axe.ts';
import { test } from './fixtures.ts';

test('an address that there is not leads on, in the language of the browser', async ({ open, service }) => {
  const page = await open({ locale: 'es-ES', expectErrors: /status of 404/ });
  for (const path of ['/nothing', '/ui/nothing/at/all', '/ui/p/%E0', '/ui/models/%E0']) {
    await page.goto(service.url + path);
    await page.getByText('No hay nada en esta dirección.').waitFor();
    expect(await page.title()).toBe('No encontrado · Inkqueue');
    expect(await violations(page)).toEqual([]);
    await page.getByRole('link', { name: 'Dibujar un dígito' }).click();
    await page.getByText('Escribe un dígito o un número').waitFor();
    expect(new URL(page.url()).pathname).toBe('/ui/');
  }
});

test('the service’s address alone leads to the page', async ({ open, service }) => {
  const page = await open();
  await page.goto(service.url);
  await page.getByText('Write a digit or a number').waitFor();
  expect(new URL(page.url()).pathname).toBe('/ui/');
});
