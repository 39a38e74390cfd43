import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { predictResponse } from '@inkqueue/shared/contracts/api';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { digitPng } from '../integration/pictures.ts';
import { violations } from './axe.ts';
import { drawDigit } from './draw-digit.ts';
import { test } from './fixtures.ts';
import { SCREENS } from './screens.ts';

const run = promisify(execFile);
const CLIPBOARD = { permissions: ['clipboard-read', 'clipboard-write'] };
const NAME = "grandma's 7, page 2.png";
const PROGRAMS = [
  { language: 'curl', command: 'sh', file: 'predict.sh' },
  { language: 'JavaScript', command: 'node', file: 'predict.mjs' },
  { language: 'Python', command: 'python3', file: 'predict.py' },
] as const;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'program-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function openProgram(page: Page): Promise<void> {
  await page.getByText('Use it from a program').click();
  await page.getByRole('button', { name: 'Copy', exact: true }).waitFor();
}

const response = async (page: Page) =>
  predictResponse.parse(JSON.parse((await page.locator('.program-response').textContent())!));

describe('“Use it from a program”', () => {
  test('copies programs in one press that read this picture', async ({ open }) => {
    const page = await open(CLIPBOARD);
    const buffer = await digitPng(7);
    await writeFile(join(folder, NAME), buffer);
    await page.setInputFiles('input[type=file][multiple]', { name: NAME, mimeType: 'image/png', buffer });
    await page.getByRole('status').getByText(/^7\. /).waitFor();
    await openProgram(page);
    const shown = await response(page);
    for (const { language, command, file } of PROGRAMS) {
      await page.getByText(language, { exact: true }).click();
      await page.getByRole('button', { name: 'Copy', exact: true }).click();
      await page.locator('.program').getByRole('status').getByText('Copied').waitFor();
      const code = await page.evaluate(() => navigator.clipboard.readText());
      await writeFile(join(folder, file), code);
      const { stdout } = await run(command, [file], { cwd: folder });
      const got = predictResponse.parse(JSON.parse(stdout));
      expect(got, language).toMatchObject({ text: '7', digits: shown.digits, preview: null });
      expect(Object.keys(got).sort(), language).toEqual(Object.keys(shown).sort());
    }
  });

  test('shows the response live, and lends the drawing as a file', async ({ open }) => {
    const page = await open();
    await drawDigit(page, 3);
    await page.getByRole('status').getByText(/^3\. /).waitFor();
    await openProgram(page);
    expect(await response(page)).toMatchObject({ predicted_digit: 3 });
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save drawing.png' }).click();
    const saved = await download;
    expect(saved.suggestedFilename()).toBe('drawing.png');
    const { stdout } = await run('curl', [
      '-sF',
      `file=@${await saved.path()}`,
      page.url().replace('/ui/', '/predict'),
    ]);
    expect(JSON.parse(stdout)).toMatchObject({ predicted_digit: 3 });
    await page.getByText(/^The link works until \d/).waitFor();
  });

  test.for(['light', 'dark'] as const)(
    'fits every screen, and axe finds nothing in %s mode',
    async (colorScheme, { open }) => {
      const page = await open({ colorScheme, reducedMotion: 'reduce' });
      await drawDigit(page, 3);
      await page.getByRole('status').getByText(/^3\. /).waitFor();
      await openProgram(page);
      expect(await violations(page)).toEqual([]);
      for (const [width, height] of SCREENS) {
        await page.setViewportSize({ width, height });
        expect(await page.evaluate(() => document.documentElement.scrollWidth), `${width}`).toBe(width);
      }
    },
  );
});
