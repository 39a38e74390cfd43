import type { Page, Route } from 'playwright-core';
import { describe, expect } from 'vitest';
import { type Digit, digitPng } from '../integration/pictures.ts';
import { test } from './fixtures.ts';
import { allDone } from './many-files.ts';

const CHOOSER = 'input[type=file][multiple]';
const alert = (page: Page, words: string) => page.getByRole('alert').getByText(words);
const digits = (count: number) =>
  Promise.all(
    Array.from({ length: count }, async (_, index) => ({
      name: `${index}.png`,
      mimeType: 'image/png',
      buffer: await digitPng((index % 10) as Digit),
    })),
  );
const html = (status: number, title: string) => ({
  status,
  contentType: 'text/html',
  body: `<html><title>${title}</title><h1>${title}</h1></html>`,
});
const expectErrors = /status of 4\d\d/;

describe('a proxy', () => {
  test.for([
    [413, 'Request Entity Too Large', 'This file is too large.'],
    [403, 'Forbidden', 'The service sent a response that this page does not understand.'],
    [200, 'Welcome', 'The service sent a response that this page does not understand.'],
  ] as const)(
    'that answers %i in HTML is not sent the image again',
    async ([status, title, words], { open }) => {
      const page = await open({ expectErrors });
      await page.clock.install();
      let sent = 0;
      await page.route('**/predictions?*', (route) => {
        sent += 1;
        return route.fulfill(html(status, title));
      });
      await page.setInputFiles(CHOOSER, await digits(1));
      await alert(page, words).waitFor();
      await page.clock.runFor(600_000);
      expect(sent).toBe(1);
      expect(await page.getByRole('button', { name: 'Try now' }).count()).toBe(0);
      expect(await page.getByText('at most').count()).toBe(0);
    },
  );

  test('that is busy is tried again', async ({ open }) => {
    const page = await open({ expectErrors: /status of 50\d/ });
    const refuse = (route: Route) => route.fulfill(html(502, 'Bad Gateway'));
    await page.route('**/predictions?*', refuse, { times: 1 });
    await page.setInputFiles(CHOOSER, await digits(1));
    await page.getByRole('status').getByText(/^0\. /).waitFor();
  });

  test('that takes less at once than the service gets the batch in parts', async ({ open }) => {
    const page = await open({ expectErrors });
    const sizes: number[] = [];
    await page.route('**/batches?*', (route) => {
      const count = route.request().postDataBuffer()!.toString('latin1').split('filename=').length - 1;
      sizes.push(count);
      return count > 5 ? route.fulfill(html(413, 'Request Entity Too Large')) : route.continue();
    });
    await page.setInputFiles(CHOOSER, await digits(20));
    await allDone(page, '20');
    expect(sizes).toEqual([20, 10, 10, 5, 5, 5, 5]);
  });
});
