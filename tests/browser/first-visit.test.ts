import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { violations } from './axe.ts';
import { drawDigit } from './draw-digit.ts';
import { test } from './fixtures.ts';
import { type Box, boxOf, overhang, SCREENS } from './screens.ts';

const INVITATION = 'Write a digit or a number';
const SUBMISSIONS = '**/predictions?*';
const WAYS = ['Draw', 'Photo', 'Files'];
/** What may not move when a person begins. */
const STILL = ['.sheet', '.tools', '.ways', '.answer', '.activity', '.masthead'];

/** Where everything is that stays on the page: its parts, and every button outside of the answer's place. */
async function places(page: Page): Promise<Record<string, Box>> {
  const parts = await Promise.all(
    STILL.map(async (part) => [part, await boxOf(page.locator(part))] as const),
  );
  const buttons = await page.locator(':is(.tools, .ways) :is(button, label)').all();
  const named = await Promise.all(
    buttons.map(async (button) => [await button.textContent(), await boxOf(button)] as const),
  );
  return Object.fromEntries([...parts, ...named]);
}

/** The names of what lies elsewhere than before, by more than rounding. */
function moved(before: Record<string, Box>, now: Record<string, Box>): string[] {
  return Object.entries(before).flatMap(([name, box]) => {
    const other = now[name];
    const isStill = other && overhang(box, other) <= 0.5 && overhang(other, box) <= 0.5;
    return isStill ? [] : [`${name}: ${JSON.stringify([box, other])}`];
  });
}

function posts(page: Page): string[] {
  const sent: string[] = [];
  page.on('request', (request) => request.method() === 'POST' && sent.push(request.url()));
  return sent;
}

describe.for([...SCREENS, [1366, 650]] as const)('on a screen of %i × %i', ([width, height]) => {
  test('the three ways are in view, equal, and nothing moves when the first stroke begins', async ({
    open,
  }) => {
    const page = await open({ viewport: { width, height } });
    await page.getByText(INVITATION).waitFor();
    await page.locator('.sample-thumb').last().waitFor();
    const view = { left: 0, top: 0, right: width, bottom: height };
    const ways = await page.locator('.way').all();
    expect(await Promise.all(ways.map((way) => way.textContent()))).toEqual(WAYS);
    const boxes = await Promise.all(ways.map(boxOf));
    for (const box of boxes) {
      expect(overhang(box, view)).toBeLessThanOrEqual(0.5);
      expect(box.right - box.left).toBeCloseTo(boxes[0]!.right - boxes[0]!.left, 0);
      expect(box.bottom - box.top).toBeCloseTo(boxes[0]!.bottom - boxes[0]!.top, 0);
    }
    const examples = page.locator('.examples');
    for (const part of await page.locator('.examples > *:visible').all())
      expect(overhang(await boxOf(part), await boxOf(page.locator('.answer')))).toBeLessThanOrEqual(0.5);
    const before = await places(page);
    // No answer comes before everything has been measured.
    await page.route(SUBMISSIONS, () => {});
    await drawDigit(page, 3, 0.3);
    await page.getByText(INVITATION).waitFor({ state: 'detached' });
    expect(moved(before, await places(page))).toEqual([]);
    await page.mouse.up();
    await page.unroute(SUBMISSIONS);
    await page.getByRole('button', { name: 'Clear' }).click();
    await drawDigit(page, 3);
    await page.getByRole('status').getByText(/^3\. /).waitFor();
    await examples.waitFor({ state: 'detached' });
    const { '.answer': answer, '.activity': below, ...others } = before;
    expect(moved(others, await places(page))).toEqual([]);
  });
});

describe('the invitation', () => {
  test('is gone at the first touch, comes back with an empty sheet, and sends nothing', async ({ open }) => {
    const page = await open();
    const sent = posts(page);
    const invitation = page.getByText(INVITATION);
    await invitation.waitFor();
    const { left, top, right, bottom } = await boxOf(page.locator('.sheet'));
    await page.mouse.move((left + right) / 2, (top + bottom) / 2);
    expect(await invitation.isVisible()).toBe(true);
    // Through the ghost.
    await page.mouse.down();
    await invitation.waitFor({ state: 'detached' });
    expect(sent).toEqual([]);
    await page.mouse.move((left + right) / 2, bottom - 30, { steps: 10 });
    await page.mouse.up();
    await page.getByRole('status').getByText(/^1\. /).waitFor();
    await page.getByRole('button', { name: 'Clear' }).click();
    await invitation.waitFor();
  });

  test('writes its ghost once, and has nothing read by that', async ({ open }) => {
    const page = await open();
    const sent = posts(page);
    const ghost = page.locator('.invitation-ghost');
    const written = () =>
      ghost.evaluate(async (svg) => {
        const animations = svg.getAnimations({ subtree: true });
        await Promise.all(animations.map(({ finished }) => finished));
        return animations.length;
      });
    expect(await written()).toBe(1);
    expect(sent).toEqual([]);
    expect(await page.evaluate(() => localStorage.length)).toBe(0);
    await drawDigit(page, 7);
    await page.getByRole('status').getByText(/^7\. /).waitFor();
    await page.getByRole('button', { name: 'Clear' }).click();
    await ghost.waitFor();
    expect(await written()).toBe(0);
    await page.getByRole('link', { name: 'History' }).click();
    await page.getByRole('searchbox').waitFor();
    await page.goBack();
    await ghost.waitFor();
    expect(await written()).toBe(0);
  });

  test('stands still for people who prefer less motion', async ({ open }) => {
    const page = await open({ reducedMotion: 'reduce' });
    const ghost = page.locator('.invitation-ghost');
    await ghost.waitFor();
    expect(await ghost.evaluate((svg) => svg.getAnimations({ subtree: true }).length)).toBe(0);
  });

  test('is not there for a drawing from before', async ({ open }) => {
    const page = await open();
    await drawDigit(page, 7);
    await page.getByRole('status').getByText(/^7\. /).waitFor();
    await page.reload();
    await page.getByRole('status').getByText(/^7\. /).waitFor();
    expect(await page.getByText(INVITATION).count()).toBe(0);
  });
});

describe('before the first answer', () => {
  test('its place shows what the network can read and what not, in place of an empty answer', async ({
    open,
  }) => {
    const page = await open();
    const answer = page.getByRole('region', { name: 'Answer' });
    await answer.getByRole('heading', { name: 'See what it reads' }).waitFor();
    for (const words of ['Reads 7', 'Reads 2', 'Reads 5', 'Unsure'])
      expect(await answer.getByText(words, { exact: true }).isVisible()).toBe(true);
    for (const empty of ['Queued', 'What the network saw'])
      expect(await answer.getByText(empty).isVisible()).toBe(false);
    expect(await violations(page)).toEqual([]);
  });
});
