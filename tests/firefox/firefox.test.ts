import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { faultsBySize, layoutFaults, ON_PICTURES } from '../browser/layout-faults.ts';
import { type Service, startService } from '../browser/restartable-service.ts';
import { SCREENS } from '../browser/screens.ts';
import { digitPng } from '../integration/pictures.ts';
import { type FirefoxPage, launchFirefox } from './firefox.ts';

let service: Service;
let firefox: Awaited<ReturnType<typeof launchFirefox>>;
const errors: string[] = [];
beforeAll(async () => {
  [service, firefox] = await Promise.all([startService(), launchFirefox('dark')]);
});
afterAll(async () => {
  await firefox?.close();
  await service.close();
});

async function open(path = ''): Promise<FirefoxPage> {
  const page = await firefox.newPage();
  page.on('pageerror', ({ message }) => void errors.push(message));
  await page.goto(`${service.url}/ui/${path}`);
  return page;
}

/** What screen readers hear last. */
const heard = (page: FirefoxPage) =>
  page.evaluate(() =>
    [...document.querySelectorAll('[role=status]')].map((each) => each.textContent).join(' '),
  );

/** A seven, with the mouse. */
async function drawSeven(page: FirefoxPage): Promise<void> {
  await page.waitForSelector('.sheet-canvas');
  const { left, top, width, height } = await page.evaluate(() => {
    const box = document.querySelector('.sheet')!.getBoundingClientRect();
    return { left: box.left, top: box.top, width: box.width, height: box.height };
  });
  const points = [
    [0.3, 0.22],
    [0.68, 0.22],
    [0.55, 0.5],
    [0.42, 0.8],
  ] as const;
  for (const [index, [x, y]] of points.entries()) {
    await page.mouse.move(left + x * width, top + y * height);
    if (index === 0) await page.mouse.down();
  }
  await page.mouse.up();
}

/** Eight digits as files on this machine. */
async function digitFiles(): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'inkqueue-firefox-'));
  return Promise.all(
    Array.from({ length: 8 }, async (_, index) => {
      const path = join(folder, `page ${index + 1}.png`);
      await writeFile(path, await digitPng(5));
      return path;
    }),
  );
}

const layoutOf = (page: FirefoxPage) =>
  faultsBySize(
    SCREENS,
    (width, height) => page.setViewport({ width, height }),
    () => page.evaluate(layoutFaults, ON_PICTURES),
  );

describe('in Firefox', () => {
  test('a drawing is read, and its answer fits every size', async () => {
    const page = await open();
    await drawSeven(page);
    await expect.poll(() => heard(page), { timeout: 15_000 }).toMatch(/7\. /);
    expect(await layoutOf(page)).toEqual({});
  });

  test('eight files have a place of their own, which fits every size', async () => {
    const page = await open();
    const chooser = await page.waitForSelector('input[type=file][multiple]');
    await chooser!.uploadFile(...(await digitFiles()));
    await expect.poll(() => heard(page), { timeout: 30_000 }).toContain('All 8 pictures are done.');
    expect(await page.evaluate(() => location.pathname)).toMatch(/\/ui\/b\/[\da-f-]{36}$/);
    expect(await layoutOf(page)).toEqual({});
  });

  test.for([
    ['', '.sheet-canvas'],
    ['history', '.history'],
    ['queue', '.worker'],
    ['models/mnist-cnn', '.model h2'],
    ['nothing', '.main a'],
  ] as const)('/ui/%s fits every size', async ([path, selector]) => {
    const page = await open(path);
    await page.waitForSelector(selector);
    expect(await layoutOf(page)).toEqual({});
  });

  test('no page has logged an error', () => {
    expect(errors).toEqual([]);
  });
});
