import { describe, expect } from 'vitest';
import { drawDigit } from './draw-digit.ts';
import { reopen, test } from './fixtures.ts';

describe('a drawn digit', () => {
  test('gets a result', async ({ open }) => {
    const page = await open();
    await drawDigit(page, 3);
    await page.getByRole('status').getByText(/^3\. /).waitFor();
    await page.getByText('Almost certain', { exact: true }).waitFor();
    const bars = page.getByRole('list', { name: 'Probability of each digit' }).getByRole('listitem');
    expect(await bars.count()).toBe(10);
    expect(await bars.nth(3).textContent()).toMatch(/9\d(\.\d)? %/);
    expect(await page.locator('.journey-step[data-state=past]').count()).toBe(5);
    const steps = await page.locator('.journey-step').allInnerTexts();
    expect(steps).toEqual(
      ['Sent', 'Queued', 'Running', 'Back', 'Done'].map((name) =>
        expect.stringMatching(new RegExp(`${name}\\s+[\\d.]+ ms`)),
      ),
    );
    const ms = steps.map((step) => Number(/([\d.]+) ms/.exec(step)![1]));
    const done = ms.pop()!;
    // Each is rounded.
    expect(Math.abs(ms.reduce((sum, each) => sum + each, 0) - done)).toBeLessThanOrEqual(2.5);
    expect(await page.locator('.journey-detail').textContent()).toMatch(
      /^worker [0-9a-f]{8} · read (alone|together with \d+ other pictures?)(, \d+ candidates at once)? · mnist-cnn \d+$/,
    );
  });

  test('gets a result while the pen is still down', async ({ open }) => {
    const page = await open();
    await drawDigit(page, 3, 0.7);
    await page.locator('.verdict-percent').waitFor();
    await page.mouse.up();
  });

  test('is sent a few times a second while it takes shape, not at every movement', async ({ open }) => {
    const page = await open();
    let sent = 0;
    page.on('request', (request) => {
      if (request.method() === 'POST' && request.url().includes('/predictions?')) sent += 1;
    });
    const start = performance.now();
    await drawDigit(page, 8);
    const drawnFor = performance.now() - start;
    await page.getByRole('status').getByText(/^8\. /).waitFor();
    expect(sent).toBeGreaterThanOrEqual(1);
    expect(sent).toBeLessThanOrEqual(2 + drawnFor / 250);
  });

  test('goes with undo and clear, and clear can be undone', async ({ open }) => {
    const page = await open();
    const invitation = page.getByText('Write a digit or a number', { exact: true });
    await invitation.waitFor();
    await drawDigit(page, 7);
    await page.locator('.verdict-percent').waitFor();
    await page.getByRole('button', { name: 'Clear' }).click();
    await invitation.waitFor();
    await page.keyboard.press('Control+z');
    await page.getByRole('status').getByText(/^7\. /).waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await invitation.waitFor();
  });

  test('can be drawn by keyboard alone', async ({ open }) => {
    const page = await open();
    const sheet = page.getByRole('application', { name: 'Sheet to draw a digit on' });
    while (!(await sheet.evaluate((element) => element === document.activeElement)))
      await page.keyboard.press('Tab');
    await page.keyboard.press(' ');
    for (let square = 0; square < 14; square += 1) await page.keyboard.press('ArrowDown');
    await page.keyboard.press(' ');
    await page.getByRole('status').getByText(/^1\. /).waitFor();
  });

  test('can be drawn by finger', async ({ open }) => {
    const page = await open({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
    const box = (await page.locator('.sheet').boundingBox())!;
    const client = await page.context().newCDPSession(page);
    const at = (part: number) => [{ x: box.x + box.width / 2, y: box.y + box.height * part }];
    await client.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: at(0.2) });
    for (let part = 0.25; part < 0.8; part += 0.05) {
      await client.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: at(part) });
    }
    await client.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    await page.getByRole('status').getByText(/^1\. /).waitFor();
  });

  test('can be a sample', async ({ open }) => {
    const page = await open();
    await page.getByRole('button', { name: 'Show me' }).click();
    await page.getByRole('status').getByText(/^3\. /).waitFor();
  });
});

describe('a late result', () => {
  test('does not replace a newer one', async ({ open }) => {
    const page = await open();
    // The result of the first drawing is held back until the second drawing has its result.
    const late: (() => void)[] = [];
    let hold = true;
    let connected = false;
    await reopen(page, () =>
      page.routeWebSocket(/socket\.io/, (socket) => {
        const server = socket.connectToServer();
        server.onMessage((message) => {
          if (hold && String(message).includes('"predicted_digit":3')) late.push(() => socket.send(message));
          else socket.send(message);
          if (String(message).startsWith('40{')) connected = true;
        });
      }),
    );
    const connects = async () => {
      // A page that has nothing of an earlier visit connects when it is touched.
      await page.mouse.move(5, 5 + 5 * Math.random());
      return connected;
    };
    await expect.poll(connects, { timeout: 10_000 }).toBe(true);
    await page.getByText('Write a digit or a number', { exact: true }).waitFor();
    await page.evaluate(() => {
      const spoken: string[] = [];
      new MutationObserver(() => {
        for (const status of document.querySelectorAll('[role=status]')) spoken.push(status.textContent);
      }).observe(document.body, { subtree: true, childList: true, characterData: true });
      Object.assign(window, { spoken });
    });
    await drawDigit(page, 3);
    await expect.poll(() => late.length, { timeout: 10_000 }).toBeGreaterThan(0);
    await page.getByRole('button', { name: 'Clear' }).click();
    await drawDigit(page, 7);
    await page.getByRole('status').getByText(/^7\. /).waitFor();
    hold = false;
    for (const send of late) send();
    // A socket delivers in order: with the next result the late one has come, too.
    await page.getByRole('button', { name: 'Clear' }).click();
    await drawDigit(page, 8);
    await page.getByRole('status').getByText(/^8\. /).waitFor();
    const spoken = await page.evaluate(() => (window as unknown as { spoken: string[] }).spoken);
    expect(spoken.some((words) => words.startsWith('7. '))).toBe(true);
    expect(spoken.filter((words) => /\b3\b/.test(words))).toEqual([]);
  });
});

describe('while nothing is drawn', () => {
  test('the page invites, and sends nothing', async ({ open }) => {
    const page = await open();
    await page.getByText('Write a digit or a number', { exact: true }).waitFor();
    expect(await page.getByRole('button', { name: 'Undo' }).isDisabled()).toBe(true);
    expect(await page.locator('.connection').textContent()).toBe('');
  });
});
