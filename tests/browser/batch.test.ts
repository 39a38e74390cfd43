import { readFile } from 'node:fs/promises';
import type { Page, Route } from 'playwright-core';
import { describe, expect } from 'vitest';
import { violations } from './axe.ts';
import { type OpenPage, reopen, test } from './fixtures.ts';
import { allDone, cardOf, dropFiles } from './many-files.ts';

const viewer = (page: Page) => page.getByRole('dialog');
const past = (page: Page) => page.getByRole('list', { name: 'Pictures that came together' });

/** A place of seven pictures, in the order sent: the one at 3 has no digit, the one at 5 is not a picture. */
async function openSeven(open: OpenPage, options: Parameters<OpenPage>[0] = {}): Promise<Page> {
  const page = await open(options);
  await dropFiles(page, 7, { blank: [3], bad: [5] });
  await allDone(page, '7', ' 2 could not be read.');
  await page.getByRole('button', { name: 'As sent' }).click();
  return page;
}

describe('one picture of many', () => {
  test('is opened, and the arrow keys lead to the next ones and back to the same place in the list', async ({
    open,
  }) => {
    const page = await openSeven(open);
    await cardOf(page, 'digit-1\\.png').focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await viewer(page).getByText('3 of 7', { exact: true }).waitFor();
    await viewer(page).getByRole('status').getByText('2, ').waitFor({ state: 'attached' });
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('ArrowRight');
    await viewer(page)
      .getByRole('status')
      .getByText('No digit found. digit-3.png')
      .waitFor({ state: 'attached' });
    await viewer(page).getByRole('button', { name: 'Next picture' }).click();
    await page.keyboard.press('Escape');
    await viewer(page).waitFor({ state: 'detached' });
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.getAttribute('aria-label')))
      .toMatch(/digit-4\.png$/);
  });

  test('hears the keys also after a press of its buttons', async ({ open }) => {
    const page = await openSeven(open);
    await cardOf(page, 'digit-1\\.png').click();
    await viewer(page).getByRole('button', { name: 'It shows a 5', exact: true }).click();
    await viewer(page).getByText('Set by you', { exact: true }).waitFor();
    await page.keyboard.press('ArrowRight');
    await viewer(page).getByText('3 of 7', { exact: true }).waitFor();
    await page.keyboard.press('6');
    const undo = viewer(page).getByRole('button', { name: 'As it was read' });
    await undo.click();
    await undo.waitFor({ state: 'detached' });
    await page.keyboard.press('ArrowLeft');
    await viewer(page).getByText('2 of 7', { exact: true }).waitFor();
    // What is typed for one picture is not said of the next one.
    await viewer(page).getByRole('textbox', { name: 'Number' }).fill('41');
    await viewer(page).getByRole('button', { name: 'Next picture' }).click();
    expect(await viewer(page).getByRole('textbox', { name: 'Number' }).inputValue()).toBe('');
  });

  test('gives way to its neighbours when a finger goes sideways', async ({ open }) => {
    const page = await openSeven(open, { viewport: { width: 390, height: 844 }, hasTouch: true });
    await cardOf(page, 'digit-0\\.png').click();
    const swipe = (from: number, to: number) =>
      page.locator('.viewer-stage').evaluate(
        (stage, [from, to]) => {
          const at = (clientX: number) => ({
            bubbles: true,
            pointerType: 'touch',
            isPrimary: true,
            pointerId: 7,
            clientX,
            clientY: 300,
          });
          stage.dispatchEvent(new PointerEvent('pointerdown', at(from)));
          stage.dispatchEvent(new PointerEvent('pointerup', at(to)));
        },
        [from, to] as const,
      );
    await swipe(300, 100);
    await viewer(page).getByText('2 of 7', { exact: true }).waitFor();
    await swipe(200, 190);
    await swipe(100, 300);
    await viewer(page).getByText('1 of 7', { exact: true }).waitFor();
  });

  test('is set right by hand: in the list, the files and after a reload', async ({ open }) => {
    const page = await openSeven(open);
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await cardOf(page, 'digit-2\\.png').click();
    await page.keyboard.press('9');
    await page.keyboard.press('ArrowRight');
    await viewer(page).getByRole('textbox', { name: 'Number' }).fill('41');
    await page.keyboard.press('Enter');
    await viewer(page).getByText('Set by you', { exact: true }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: '9, Set by you, digit-2.png' }).waitFor();
    await page.getByRole('button', { name: 'Copy', exact: true }).click();
    await page.getByRole('status').getByText('Copied').waitFor({ state: 'attached' });
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied.split('\n').slice(1, 4)).toEqual(['digit-1.png\t1', 'digit-2.png\t9', 'digit-3.png\t41']);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download CSV' }).click(),
    ]);
    const csv = await readFile(await download.path(), 'utf8');
    expect(csv.split('\r\n')[3]).toMatch(/^digit-2\.png,[0-9a-f-]{36},succeeded,9,9,0\.\d+,false,,true$/);
    await reopen(page, () => {});
    await page.getByRole('button', { name: '41, Set by you, digit-3.png' }).click();
    await viewer(page).getByRole('button', { name: 'Take that back' }).click();
    await viewer(page).getByText('No digit found.', { exact: true }).waitFor();
  });
});

describe('a place of many pictures', () => {
  test('shows what somebody looks for, as cards or in a table', async ({ open }) => {
    const page = await openSeven(open);
    const cards = page.locator('.picture-open');
    await page.getByRole('button', { name: '1 without a digit' }).click();
    expect(await cards.count()).toBe(1);
    await page.getByRole('button', { name: 'All 7' }).click();
    await page.getByRole('button', { name: 'Doubtful first' }).click();
    await expect.poll(() => cards.first().getAttribute('aria-label')).toBe('No digit found. digit-3.png');
    await page.getByRole('button', { name: 'Table' }).click();
    expect(await page.getByRole('row').count()).toBe(8);
    await page.getByRole('row').nth(1).getByRole('button').click();
    await viewer(page).getByText('1 of 7', { exact: true }).waitFor();
  });

  test('comes back from the history, also when the service has deleted it', async ({ open }) => {
    const page = await openSeven(open, { expectErrors: /status of 410/ });
    const url = page.url();
    await page.route('**/batches/*', (route) => route.fulfill(gone));
    await page.goto(url.replace(/b\/.*/, 'history'));
    await past(page)
      .getByRole('link', { name: /7 pictures/ })
      .click();
    expect(page.url()).toBe(url);
    await page.getByRole('button', { name: '5 read' }).waitFor();
    await cardOf(page, 'digit-6\\.png').waitFor();
    await page.goBack();
    await past(page)
      .getByRole('button', { name: /^Delete 7 pictures/ })
      .click();
    await page.getByText('Nothing here yet.').waitFor();
    await page.goto(url);
    await page.getByRole('alert').getByText('These pictures have expired.').waitFor();
    expect(await violations(page)).toEqual([]);
  });

  test('deleted while it is sent is sent no further, and Undo brings it back as it stood', async ({
    open,
  }) => {
    const page = await open();
    let posts = 0;
    await page.route('**/batches?*', (route) => (posts++ === 0 ? route.continue() : undefined));
    await dropFiles(page, 230);
    await page.getByRole('button', { name: '200 read' }).waitFor();
    await page.getByRole('link', { name: 'History' }).click();
    const aborted = page.waitForEvent('requestfailed', (request) => request.url().includes('/batches?'));
    await past(page)
      .getByRole('button', { name: /^Delete 230 pictures/ })
      .click();
    await aborted;
    await page.getByText('Nothing here yet.').waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await past(page)
      .getByRole('link', { name: /230 pictures/ })
      .click();
    await page.getByRole('button', { name: '200 read' }).waitFor();
    await page.getByRole('button', { name: '30 not sent' }).waitFor();
    await page.reload();
    await page.getByRole('button', { name: '30 not sent' }).waitFor();
  });

  test('says where nothing is at its address', async ({ open, service }) => {
    const page = await open();
    await page.goto(`${service.url}/ui/b/new-other-tab`);
    await page.getByRole('alert').getByText('There are no pictures under this link.').waitFor();
  });

  test('prints as a report of every picture', async ({ open }) => {
    const page = await open();
    await dropFiles(page, 60, { blank: [3] });
    await allDone(page, '60', ' 1 could not be read.');
    await page.emulateMedia({ media: 'print' });
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
    const report = page.getByRole('article');
    expect(await report.getByRole('row').count()).toBe(61);
    expect(await report.getByRole('row').nth(4).textContent()).toMatch(/digit-3\.png.*No digit found\./);
    expect(await page.locator('.picture-grid').isVisible()).toBe(false);
    await page.evaluate(() => dispatchEvent(new Event('afterprint')));
    await report.waitFor({ state: 'detached' });
  });
});

test('what failed by the service’s fault is read again', async ({ open }) => {
  const url = (await openSeven(open)).url();
  // Another browser, which has kept nothing of it.
  const page = await open();
  const id = url.split('/').at(-1);
  let isLost = true;
  await page.route(`**/batches/${id}*`, async (route: Route) => {
    const response = await route.fetch();
    const body = await response.json();
    if (isLost)
      body.predictions[1].prediction = {
        ...body.predictions[1].prediction,
        status: 'failed',
        result: null,
        error: { code: 'worker-lost', detail: '', retryable: true },
      };
    await route.fulfill({ response, json: body });
  });
  await page.route(`**/batches/${id}/retry`, (route) => {
    isLost = false;
    return route.fulfill({ json: { id, total: 7, finished: false, counts } });
  });
  await page.goto(url);
  await page.getByRole('button', { name: '1 failed' }).waitFor();
  await page.getByRole('button', { name: 'Try 1 again' }).click();
  await page.getByRole('button', { name: '5 read' }).waitFor();
  expect(await page.getByRole('button', { name: /^Try/ }).count()).toBe(0);
});

describe('a reload', () => {
  test('during the upload keeps what was sent, and says what was not', async ({ open }) => {
    const page = await open();
    let posts = 0;
    await page.route('**/batches?*', (route) => (posts++ === 0 ? route.continue() : undefined));
    await dropFiles(page, 230);
    await expect.poll(() => page.url(), { timeout: 20_000 }).toMatch(/\/ui\/b\/[0-9a-f-]{36}$/);
    await page.getByRole('button', { name: '200 read' }).waitFor();
    await page.reload();
    await page.getByRole('button', { name: '30 not sent' }).click();
    await page.getByText('Choose them again.').first().waitFor();
    await page.getByRole('button', { name: '200 read' }).waitFor();
    expect(await violations(page)).toEqual([]);
  });

  test('before anything was sent says so, too', async ({ open }) => {
    const page = await open();
    await page.route('**/batches?*', () => {});
    await dropFiles(page, 6);
    await page.getByText(/ of \S+ kB sent\./).waitFor();
    await page.reload();
    await page.getByRole('button', { name: '6 not sent' }).waitFor();
  });

  test('while it waits goes on with it', async ({ open, service, onTestFinished }) => {
    const page = await open();
    await service.stopWorkers();
    onTestFinished(service.startWorker);
    await dropFiles(page, 11, { blank: [4] });
    await page.getByText('In the queue. Your place is kept.').waitFor();
    await page.reload();
    await page.getByRole('button', { name: '11 to come' }).waitFor();
    await page.reload();
    await page.getByRole('button', { name: '11 to come' }).waitFor();
    await service.startWorker();
    await allDone(page, '11', ' 1 could not be read.');
    await cardOf(page, 'digit-7\\.png').locator('canvas').waitFor();
    await page.getByRole('link', { name: 'History' }).click();
    await past(page)
      .getByRole('link', { name: /11 pictures.*10 read/ })
      .waitFor();
  });
});

const counts = { queued: 0, running: 0, succeeded: 7, failed: 0, canceled: 0, expired: 0 };

const gone = {
  status: 410,
  contentType: 'application/problem+json',
  json: { type: 'urn:x', title: '', status: 410, detail: '', code: 'batch-expired', retryable: false },
};
