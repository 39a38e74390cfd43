import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { expect } from 'vitest';
import { startDeployment } from './deployment.ts';
import { drawDigit } from './draw-digit.ts';
import { reopen, test } from './fixtures.ts';

/** Waits until the browser keeps the page, and the page is under its service worker. */
async function kept(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    if (!navigator.serviceWorker.controller)
      await new Promise((resolve) => {
        navigator.serviceWorker.addEventListener('controllerchange', resolve);
      });
  });
}

test('a drawing made while the service is away is read after the page was closed and opened again', async ({
  open,
  service,
}) => {
  const page = await open({
    serviceWorkers: 'allow',
    expectErrors: /Failed to (load|fetch)|ERR_|status of 5/,
  });
  await kept(page);
  await service.stopApi();
  await drawDigit(page, 3);
  await page.getByText('The service cannot be reached.').first().waitFor();
  await page.close({ runBeforeUnload: true });

  const later = await page.context().newPage();
  await later.goto(`${service.url}/ui/`);
  await later.getByText('The service cannot be reached.').first().waitFor();
  await later.getByRole('button', { name: 'Clear' }).waitFor();
  await service.startApi();
  await later.getByRole('status').getByText(/^3\. /).waitFor();
  // Another language is there too, and nothing of the API.
  const cached = await later.evaluate(async () => {
    const caches_ = await Promise.all((await caches.keys()).map((name) => caches.open(name)));
    return (await Promise.all(caches_.map((cache) => cache.keys()))).flat().map(({ url }) => url);
  });
  expect(cached.some((url) => /\/ui\/assets\/de-/.test(url))).toBe(true);
  expect(cached.filter((url) => !url.startsWith(`${service.url}/ui/`))).toEqual([]);
});

test('the page can be installed', async ({ open, service }) => {
  const page = await open({ serviceWorkers: 'allow' });
  await kept(page);
  const client = await page.context().newCDPSession(page);
  const { errors, manifest } = await client.send('Page.getAppManifest');
  expect(errors).toEqual([]);
  expect(manifest).toMatchObject({ name: 'Inkqueue', startUrl: `${service.url}/ui/` });
  const { installabilityErrors } = await client.send('Page.getInstallabilityErrors');
  expect(installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito')).toEqual([]);
  for (const [name, side] of [
    ['icon-192.png', 192],
    ['icon-512.png', 512],
    ['icon-maskable-512.png', 512],
  ] as const) {
    const icon = Buffer.from(await (await fetch(`${service.url}/ui/${name}`)).arrayBuffer());
    expect(await sharp(icon).metadata()).toMatchObject({ width: side, height: side });
  }
});

test('a page that was open over a deploy has all of its parts, and the next visit is the new page', async ({
  open,
  onTestFinished,
}) => {
  const deployment = await startDeployment();
  onTestFinished(deployment.close);
  const page = await open({ serviceWorkers: 'allow', url: deployment.url, expectErrors: /./ });
  await kept(page);
  deployment.deployAgain();
  await page.evaluate(async () => (await navigator.serviceWorker.ready).update());
  // Its code is gone from the server, and was never fetched by the page itself.
  await page.getByRole('link', { name: 'History' }).click();
  await page.getByRole('heading', { name: 'History' }).waitFor();

  const context = page.context();
  await page.close();
  const next = await context.newPage();
  // Outside the page: what is opened there before the browser has let the closed page go would keep the old worker at its work.
  await next.goto(`${deployment.url}/sw.js`);
  await expect
    .poll(() => next.evaluate(() => caches.keys()), { timeout: 30_000 })
    .toEqual([expect.stringMatching(/^inkqueue-shell-2[0-9a-f]{16}$/)]);
  await next.goto(`${deployment.url}/ui/`);
  expect(await next.locator('meta[name=build]').getAttribute('content')).toBe('2');
  deployment.close();
  await reopen(next, () => {});
  expect(await next.locator('meta[name=build]').getAttribute('content')).toBe('2');
});
