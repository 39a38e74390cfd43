import { type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { expect, test as plain } from 'vitest';
import { startService } from './restartable-service.ts';

/** By default, Debian's Chromium. */
const CHROMIUM = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';

/** Opens the page in its own window, which is closed after the test. An error that the page logs fails the test. */
export type OpenPage = (
  options?: BrowserContextOptions & {
    /** Errors that the test expects. */
    expectErrors?: RegExp;
    /** Origin of the test's own service. */
    url?: string;
  },
) => Promise<Page>;

/** A test in a real browser with a real api, two real workers and a real Redis, which the tests of a file share. */
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
      const context = await browser.newContext({
        viewport: { width: 1280, height: 800 },
        // Else it would fetch files past the routes of a test.
        serviceWorkers: 'block',
        ...options,
      });
      contexts.push(context);
      const page = await context.newPage();
      const note = (problem: string) => {
        if (!expectErrors?.test(problem)) problems.push(problem);
      };
      page.on('console', (message) => {
        // A browser logs each refusal itself: a prediction may end before the page, which cancels it, knows.
        const isLateCancel = /\/cancel$/.test(message.location().url) && /status of 409/.test(message.text());
        if (message.type() === 'error' && !isLateCancel) note(message.text());
      });
      page.on('pageerror', (error) => note(error.message));
      await page.goto(`${url}/ui/`);
      return page;
    };
  });

/** Loads the page again after everything of the first load is gone, its socket too, which may open after that load. */
export async function reopen(page: Page, prepare: () => Promise<void> | void): Promise<void> {
  const url = page.url();
  await page.goto('about:blank');
  await prepare();
  await page.goto(url);
}
