import type { Page } from 'playwright-core';

/** The digits as strokes, in SVG path data in a box of 100 × 140; all but the 4 and the 5 in one line. */
const STROKES = {
  0: ['M62 14C22 2 8 60 14 96C20 132 70 140 84 92C94 52 82 18 58 14'],
  1: ['M30 34L58 10L48 132'],
  2: ['M16 38C20 4 84 2 82 42C80 74 40 100 14 132L90 130'],
  3: ['M14 24C26 4 82 4 80 38C79 60 58 66 40 67C64 66 88 76 86 100C84 136 26 138 12 112'],
  4: ['M44 8L12 84L90 82', 'M66 46L62 134'],
  5: ['M24 14L18 62C40 48 86 54 84 92C82 136 30 138 12 116', 'M24 14L82 12'],
  6: ['M74 10C34 26 12 74 16 104C22 140 80 138 84 102C86 70 40 66 18 96'],
  7: ['M10 14L88 12C66 46 46 88 38 134'],
  8: ['M78 24C60 2 18 10 22 38C26 64 86 70 84 102C82 138 14 138 16 102C18 72 80 62 78 24'],
  9: ['M82 40C74 4 18 6 18 42C18 78 74 76 82 40L74 134'],
} as const;
const BOX = { width: 100, height: 140 };

export type DrawnDigit = keyof typeof STROKES;

/** A little slant, as in handwriting. */
const SLANT = 0.12;
/** A digit's share of the sheet's height, alone and in a number. */
const HEIGHT_SHARE = 0.6;
const NUMBER_HEIGHT_SHARE = 0.4;
/** From the left edge of a digit to that of the next one, of a digit's width. */
const ADVANCE = 1.25;
const CORNER_SHARE = 0.05;
const STEPS = 40;

/**
 * Draws a digit on the sheet with the mouse.
 *
 * @param part the share of the digit's last stroke to draw, 0…1; below 1 the pen stays down
 */
export async function drawDigit(page: Page, digit: DrawnDigit, part = 1): Promise<void> {
  await draw(page, [digit], HEIGHT_SHARE, part);
}

/** Draws digits beside each other. */
export function drawNumber(page: Page, digits: readonly DrawnDigit[]): Promise<void> {
  return draw(page, digits, NUMBER_HEIGHT_SHARE, 1);
}

/** Draws a digit of a share of the sheet's height, in the middle, or in the upper left corner. */
export function drawSmall(
  page: Page,
  digit: DrawnDigit,
  { share, corner = false }: { share: number; corner?: boolean },
): Promise<void> {
  return draw(page, [digit], share, 1, corner ? CORNER_SHARE : undefined);
}

/** @param edge distance from the sheet's left and upper edge, of its side; without it the digits stand in the middle */
async function draw(
  page: Page,
  digits: readonly DrawnDigit[],
  share: number,
  part: number,
  edge?: number,
): Promise<void> {
  const box = await page.locator('.sheet').boundingBox();
  if (!box) throw new Error('The page has no sheet');
  const scale = (box.height * share) / BOX.height;
  const width = BOX.width * (1 + ADVANCE * (digits.length - 1));
  const top = box.y + (edge === undefined ? (box.height - BOX.height * scale) / 2 : box.height * edge);
  for (const [place, digit] of digits.entries()) {
    const start = edge === undefined ? (box.width - width * scale) / 2 : box.width * edge;
    const left = box.x + start + place * ADVANCE * BOX.width * scale;
    for (const stroke of STROKES[digit]) {
      const points = await pointsOf(page, stroke);
      for (const [index, { x, y }] of points.slice(0, Math.ceil(points.length * part)).entries()) {
        const slanted = x + (BOX.height / 2 - y) * SLANT;
        await page.mouse.move(left + slanted * scale, top + y * scale);
        if (index === 0) await page.mouse.down();
      }
      if (part >= 1) await page.mouse.up();
    }
  }
}

function pointsOf(page: Page, stroke: string): Promise<{ x: number; y: number }[]> {
  return page.evaluate(
    ({ path, steps }) => {
      const line = document.createElementNS('http://www.w3.org/2000/svg', 'path');
      line.setAttribute('d', path);
      return Array.from({ length: steps + 1 }, (_, step) => {
        const { x, y } = line.getPointAtLength((line.getTotalLength() * step) / steps);
        return { x, y };
      });
    },
    { path: stroke, steps: STEPS },
  );
}
