import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { test } from './fixtures.ts';

/** Draws a straight line down the sheet at `x` of its width; with a `pressure`, 0…1, a pen draws it. */
async function drawLine(page: Page, x: number, pressure?: number): Promise<void> {
  const box = (await page.locator('.sheet').boundingBox())!;
  const client = await page.context().newCDPSession(page);
  const send = (type: 'mousePressed' | 'mouseMoved' | 'mouseReleased', part: number) =>
    client.send('Input.dispatchMouseEvent', {
      type,
      x: box.x + box.width * x,
      y: box.y + box.height * part,
      button: 'left',
      buttons: type === 'mouseReleased' ? 0 : 1,
      clickCount: 1,
      ...(pressure !== undefined && { pointerType: 'pen', force: pressure }),
    });
  await send('mousePressed', 0.2);
  for (let part = 0.22; part <= 0.8; part += 0.02) await send('mouseMoved', part);
  await send('mouseReleased', 0.8);
  await client.detach();
}

/** Across the middle of the sheet, at `x` of its width: the width of the ink in sheet units, and its blurred pixels. */
async function inkAt(page: Page, x: number): Promise<{ width: number; edges: number }> {
  return page.locator('.sheet-canvas').evaluate((canvas: HTMLCanvasElement, x) => {
    const side = canvas.width;
    const [from, span] = [Math.round((x - 0.1) * side), Math.round(0.2 * side)];
    const { data } = canvas.getContext('2d')!.getImageData(from, Math.round(side / 2), span, 1);
    const alphas = [...data].filter((_, index) => index % 4 === 3);
    return {
      width: (alphas.reduce((sum, alpha) => sum + alpha / 255, 0) * 280) / side,
      edges: alphas.filter((alpha) => alpha > 0 && alpha < 255).length,
    };
  }, x);
}

/** Waits for the ink, which is painted with the next frame. */
async function inkWidth(page: Page, x: number): Promise<number> {
  await expect.poll(async () => (await inkAt(page, x)).width, { timeout: 10_000 }).toBeGreaterThan(2);
  return (await inkAt(page, x)).width;
}

describe('the pen', () => {
  test('draws wider the harder it is pressed', async ({ open }) => {
    const page = await open();
    await drawLine(page, 0.25, 0.15);
    await drawLine(page, 0.5, 0.5);
    await drawLine(page, 0.75, 0.95);
    const [light, medium, hard] = [
      await inkWidth(page, 0.25),
      await inkWidth(page, 0.5),
      await inkWidth(page, 0.75),
    ];
    expect(medium).toBeGreaterThan(light * 1.2);
    expect(hard).toBeGreaterThan(medium * 1.2);
  });

  test('draws where a palm touched the sheet first, and the palm leaves no ink', async ({ open }) => {
    const page = await open({ hasTouch: true });
    const box = (await page.locator('.sheet').boundingBox())!;
    const client = await page.context().newCDPSession(page);
    const palm = [{ x: box.x + box.width * 0.8, y: box.y + box.height * 0.5 }];
    await client.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: palm });
    await drawLine(page, 0.3, 0.5);
    await client.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    expect(await inkWidth(page, 0.3)).toBeGreaterThan(5);
    expect((await inkAt(page, 0.8)).width).toBe(0);
  });

  test('is as wide as chosen, and earlier strokes keep their width', async ({ open }) => {
    const page = await open();
    const widths: number[] = [];
    for (const [index, name] of ['Fine', 'Medium', 'Broad'].entries()) {
      await page.getByRole('group', { name: 'Pen width' }).getByText(name).click({ force: true });
      expect(await page.getByRole('radio', { name }).isChecked()).toBe(true);
      await drawLine(page, 0.25 + 0.25 * index);
      widths.push(await inkWidth(page, 0.25 + 0.25 * index));
    }
    expect(widths[1]).toBeGreaterThan(widths[0]! * 1.3);
    expect(widths[2]).toBeGreaterThan(widths[1]! * 1.3);
    expect(await inkWidth(page, 0.25)).toBeCloseTo(widths[0]!, 1);
  });

  test.for([1, 2, 3])('is as sharp as a screen of %i pixels to the point', async (scale, { open }) => {
    const page = await open({ deviceScaleFactor: scale });
    await drawLine(page, 0.5);
    const width = await inkWidth(page, 0.5);
    const [pixels, points] = await page
      .locator('.sheet-canvas')
      .evaluate((canvas: HTMLCanvasElement) => [canvas.width, canvas.clientWidth]);
    expect(pixels).toBe(points! * scale);
    // As wide on every screen, and blurred by at most the one pixel on each side that an edge cuts through.
    expect(width).toBeGreaterThan(8);
    expect(width).toBeLessThan(23);
    expect((await inkAt(page, 0.5)).edges).toBeLessThanOrEqual(4);
  });
});
