import { type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { expect, test as plain } from 'vitest';
import { startService } from './service.ts';

/** Debian's Chromium, where nothing else is said. */
const CHROMIUM = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';

/** Opens the page in a window of its own, closed after the test. What the page logs as an error fails the test. */
export type OpenPage = (
  options?: BrowserContextOptions & {
    /** Messages that belong to the test. */
    expectErrors?: RegExp;
    /** Origin of a service of the test's own. */
    url?: string;
  },
) => Promise<Page>;

/** A test in a real browser before a real api, two real workers and a real Redis, which the tests of a file share. */
export const test = plain
  // biome-ignore lint/correctness/noEmptyPattern: Vitest reads what a fixture needs from this pattern
  .extend('service', { scope: 'file' }, async ({}, { onCleanup }) => {
    const service = await startService();
    onCleanup(service.close);
    return service;
  })
  // biome-ignore lint/correctness/noEmptyPattern: Vitest reads what a fixture needs from this pattern
  .extend('browser', { scope: 'file' }, async ({}, { onCleanup }) => {
    const browser = await chromium.launch({
      executablePath: CHROMIUM,
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
    });
    onCleanup(() => browser.close());
    return browser;
  })
  .extend('open', async ({ browser, service }, { onCleanup }): Promise<OpenPage> => {
    const problems: string[] = [];
    const contexts: BrowserContext[] = [];
    onCleanup(async () => {
      await Promise.all(contexts.map((context) => context.close()));
      expect(problems).toEqual([]);
    });
    return async ({ expectErrors, url = service.url, ...options } = {}) => {
      const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
      contexts.push(context);
      const page = await context.newPage();
      const note = (problem: string) => {
        if (!expectErrors?.test(problem)) problems.push(problem);
      };
      page.on('console', (message) => message.type() === 'error' && note(message.text()));
      page.on('pageerror', (error) => note(error.message));
      await page.goto(`${url}/ui/`);
      return page;
    };
  });

/** Loads the page anew once all of the first load is gone, its socket too, which may open only after that load. */
export async function reopen(page: Page, prepare: () => Promise<void> | void): Promise<void> {
  const url = page.url();
  await page.goto('about:blank');
  await prepare();
  await page.goto(url);
}
