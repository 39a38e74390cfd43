import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { type Digit, digitPng } from '../integration/pictures.ts';
import { violations } from './axe.ts';
import { test } from './fixtures.ts';

const ADDRESS = 'https://example.com/pictures/5.png';
const readAs = (page: Page, digit: number) => page.getByRole('status').getByText(new RegExp(`^${digit}\\. `));
const alert = (page: Page, words: string) => page.getByRole('alert').getByText(words);

/** Drops or pastes data of other kinds than files, where the focus is. */
function give(page: Page, way: 'drop' | 'paste', data: Record<string, string>): Promise<void> {
  return page.evaluate(
    ({ way, data }) => {
      const target = document.activeElement ?? document.body;
      const transfer = new DataTransfer();
      for (const [type, value] of Object.entries(data)) transfer.setData(type, value);
      const options = { bubbles: true, cancelable: true };
      target.dispatchEvent(
        way === 'drop'
          ? new DragEvent('drop', { ...options, dataTransfer: transfer })
          : new ClipboardEvent('paste', { ...options, clipboardData: transfer }),
      );
    },
    { way, data },
  );
}

/** Drops what lies at these paths, as a file manager does. */
async function dropPaths(page: Page, files: string[]): Promise<void> {
  const client = await page.context().newCDPSession(page);
  const data = { items: [], files, dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await client.send('Input.dispatchDragEvent', { type, x: 200, y: 200, data });
}

describe('a dropped folder', () => {
  test('is read picture by picture, also those in its folders, and the page says what it left out', async ({
    open,
    onTestFinished,
  }) => {
    const folder = await mkdtemp(join(tmpdir(), 'inkqueue-folder-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    await mkdir(join(folder, 'inner'));
    for (const [name, digit] of [
      ['1.png', 1],
      ['2.png', 2],
      ['inner/3.png', 3],
    ] as const)
      await writeFile(join(folder, name), await digitPng(digit as Digit));
    await writeFile(join(folder, 'notes.txt'), 'No picture.');
    const page = await open();
    await dropPaths(page, [folder]);
    await page.getByText('3 of 3 done', { exact: true }).waitFor();
    await alert(page, 'It has other files, too, which were left out.').waitFor();
    expect(await page.locator('.card-show').allTextContents()).toHaveLength(3);
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Close this message' }).click();
    expect(await page.locator('.intake-note').count()).toBe(0);
  });

  test('without pictures is answered in words', async ({ open, onTestFinished }) => {
    const folder = await mkdtemp(join(tmpdir(), 'inkqueue-folder-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const page = await open();
    await dropPaths(page, [folder]);
    await alert(page, 'There is no picture in that folder.').waitFor();
  });
});

describe('a picture of another page', () => {
  test('that is all in its address is read, dropped or pasted', async ({ open }) => {
    const page = await open();
    const html = async (digit: Digit) =>
      `<p>From a page: <img alt="" src="data:image/png;base64,${(await digitPng(digit)).toString('base64')}"></p>`;
    await give(page, 'drop', { 'text/uri-list': ADDRESS, 'text/html': await html(4) });
    await readAs(page, 4).waitFor();
    await give(page, 'paste', { 'text/html': await html(6), 'text/plain': 'From a page:' });
    await readAs(page, 6).waitFor();
  });

  test('is fetched by a worker where the operator lets it, and the page says that it has no picture', async ({
    open,
  }) => {
    const page = await open();
    const asked: unknown[] = [];
    // As if a worker fetched it: the picture goes on in place of its address.
    await page.route('**/predictions?*', async (route) => {
      asked.push(route.request().postDataJSON());
      const headers = { ...route.request().headers(), 'content-type': 'image/png' };
      await route.continue({ headers, postData: await digitPng(5) });
    });
    await give(page, 'paste', { 'text/plain': ` ${ADDRESS}\n` });
    await readAs(page, 5).waitFor();
    expect(asked).toEqual([{ image: ADDRESS }]);
    await page.getByText('A worker fetched this picture; the page does not have it.').waitFor();
    await page.getByRole('button', { name: /^5, .*%, 5\.png$/ }).waitFor();
  });

  test.for(['drop', 'paste'] as const)(
    'is refused with a reason where nothing fetches it: %s',
    async (way, { open }) => {
      const page = await open({ expectErrors: /status of 400/ });
      await give(page, way, way === 'drop' ? { 'text/uri-list': ADDRESS } : { 'text/plain': ADDRESS });
      await alert(page, 'This service fetches no pictures from other pages.').waitFor();
      await alert(page, 'Save the picture, then choose it here').waitFor();
      expect(await page.getByRole('button', { name: 'Try now' }).count()).toBe(0);
    },
  );

  test('that only its own page can open says so, and so does plain text', async ({ open }) => {
    const page = await open();
    await give(page, 'drop', { 'text/uri-list': 'blob:https://example.com/0193a1b2' });
    await alert(page, 'Only its own page can open that picture.').waitFor();
    await give(page, 'paste', { 'text/plain': 'Dear all,' });
    await alert(page, 'Text cannot be read.').waitFor();
    expect(await page.locator('.card').count()).toBe(0);
  });
});

test.for(['Broad', 'Files'])(
  'a picture is taken that is pasted while the focus is on %s',
  async (name, { open }) => {
    const page = await open();
    const picture = `<img alt="" src="data:image/png;base64,${(await digitPng(6)).toString('base64')}">`;
    await page.getByLabel(name, { exact: true }).focus();
    await give(page, 'paste', { 'text/html': picture });
    await readAs(page, 6).waitFor();
  },
);

test('text that is pasted into a field stays text', async ({ open }) => {
  const page = await open();
  await page.setInputFiles('input[type=file][multiple]', {
    name: 'five.png',
    mimeType: 'image/png',
    buffer: await digitPng(5),
  });
  await readAs(page, 5).waitFor();
  await page.getByRole('link', { name: 'History' }).click();
  await page.getByRole('searchbox').evaluate((field) => {
    const transfer = new DataTransfer();
    transfer.setData('text/plain', 'five');
    const paste = new ClipboardEvent('paste', { bubbles: true, cancelable: true, clipboardData: transfer });
    field.dispatchEvent(paste);
    if (paste.defaultPrevented) throw new Error('The page took what was pasted into the field');
  });
  expect(await page.locator('.intake-note').count()).toBe(0);
});
