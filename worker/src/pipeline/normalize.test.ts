import { describe, expect, it } from 'vitest';
import type { Bitmap } from './bitmap.ts';
import { ImageError } from './image-error.ts';
import { type FoundDigit, findDigit, inkThreshold, type View } from './normalize/ink/find.ts';
import { takeOverview } from './normalize/ink/overview.ts';
import { subtractBackground } from './normalize/paper/residual.ts';
import {
  colourBitmap,
  difference,
  draw,
  grain,
  greyBitmap,
  inverted,
  lit,
  paper,
  seven,
} from './normalize/sheets.fixture.ts';
import { normalizeDigit } from './normalize.ts';

const plain = () => draw(paper(280, 280), seven(90, 60, 150), { thickness: 16 });
const reference = normalizeDigit(greyBitmap(plain()));

/** Two different digits lie about 30 levels apart, the same 7 redrawn below 12. */
function expectSeven(bitmap: Bitmap, tolerance = 12): void {
  expect(difference(normalizeDigit(bitmap), reference)).toBeLessThan(tolerance);
}

/** What normalize finds on the whole of a bitmap, before it looks closer. */
const findOn = (bitmap: Bitmap) => findDigit(takeOverview(bitmap), () => {});

/** Share of all ink on a view that is the digit's. */
function digitShare({ view, digit }: { view: View; digit: FoundDigit }): number {
  const residual = subtractBackground(view.up, view.background, view.polarity);
  const threshold = inkThreshold(residual);
  let [all, found] = [0, 0];
  for (const [i, value] of residual.values.entries()) {
    if (value <= threshold) continue;
    all += value;
    found += value * digit.mask.values[i]!;
  }
  return found / all;
}

describe('normalize', () => {
  it('returns ink in a 20×20 box, centred by mass, full at its strongest', () => {
    let [left, right, top, bottom, mass, x, y] = [28, 0, 28, 0, 0, 0, 0];
    for (const [i, value] of reference.entries()) {
      if (value > 64) {
        left = Math.min(left, i % 28);
        right = Math.max(right, i % 28);
        top = Math.min(top, Math.floor(i / 28));
        bottom = Math.max(bottom, Math.floor(i / 28));
      }
      mass += value;
      x += value * (i % 28);
      y += value * Math.floor(i / 28);
    }
    expect(bottom - top + 1).toBeGreaterThanOrEqual(19);
    expect(bottom - top + 1).toBeLessThanOrEqual(21);
    expect(right - left).toBeLessThan(bottom - top);
    expect(x / mass).toBeCloseTo(14, 0);
    expect(y / mass).toBeCloseTo(14, 0);
    expect(Math.max(...reference)).toBe(255);
  });

  it('tells a 7 from another digit by more than the tolerance used here', () => {
    const zero = [
      [90, 60],
      [170, 60],
      [170, 210],
      [90, 210],
      [90, 60],
    ] as const;
    const other = normalizeDigit(greyBitmap(draw(paper(280, 280), zero, { thickness: 16 })));
    expect(difference(other, reference)).toBeGreaterThan(24);
  });

  it('leaves a bitmap that already looks like MNIST as it is', () => {
    const sheet = inverted(
      draw(
        paper(28, 28),
        [
          [9, 5],
          [19, 5],
          [12, 22],
        ],
        { thickness: 2.4 },
      ),
    );
    const once = normalizeDigit(greyBitmap(sheet));
    const twice = normalizeDigit({ data: once, width: 28, height: 28, channels: 1 });
    expect(difference(twice, once)).toBeLessThan(0.5);
  });

  it('normalizes light on dark like dark on light', () => {
    const light = greyBitmap(inverted(plain()));
    expect(findOn(light).view.polarity).toBe('light-on-dark');
    expect(difference(normalizeDigit(light), reference)).toBeLessThan(1);
  });

  it.each([
    ['yellow on white', [255, 235, 60], [255, 255, 255]],
    ['blue on black', [0, 0, 255], [0, 0, 0]],
    ['red on a green as bright', [220, 40, 40], [0, 130, 0]],
  ])('finds ink by its colour: %s', (_, ink, ground) => expectSeven(colourBitmap(plain(), ink, ground)));

  it('finds a tiny digit on a large page', () => {
    expectSeven(
      greyBitmap(grain(draw(paper(800, 600, 225), seven(640, 90, 34), { thickness: 3.6, ink: 40 }), 5)),
    );
  });

  it('thickens one-pixel lines', () => {
    const thin = normalizeDigit(greyBitmap(draw(paper(280, 280), seven(90, 60, 150), { thickness: 1 })));
    expect(difference(thin, reference)).toBeLessThan(14);
    expect(Math.max(...thin)).toBe(255);
  });

  it('normalizes very thick strokes', () => {
    expectSeven(greyBitmap(draw(paper(280, 280), seven(90, 60, 150), { thickness: 34 })), 30);
  });

  it('normalizes through a gradient, a shadow and grain', () => {
    const sheet = draw(paper(600, 450, 235), seven(220, 120, 200), { thickness: 20, ink: 50 });
    expectSeven(
      greyBitmap(
        grain(
          lit(sheet, (x, y) => (x + 0.3 * y > 0.6 ? 0.5 : 0.9) + 0.1 * y),
          6,
        ),
      ),
    );
  });

  it('normalizes faint pencil', () => {
    expectSeven(
      greyBitmap(grain(draw(paper(600, 450, 215), seven(220, 120, 200), { thickness: 20, ink: 180 }), 6)),
    );
  });

  it('normalizes a digit on squared paper', () => {
    const sheet = paper(500, 500, 235);
    for (let at = 20; at < 500; at += 45) {
      draw(
        sheet,
        [
          [0, at],
          [499, at + 6],
        ],
        { thickness: 2, ink: 150 },
      );
      draw(
        sheet,
        [
          [at, 0],
          [at, 499],
        ],
        { thickness: 2, ink: 150 },
      );
    }
    expectSeven(greyBitmap(draw(sheet, seven(170, 130, 210), { thickness: 22, ink: 40 })), 14);
  });

  it('normalizes a digit inside a frame', () => {
    const frame = [
      [12, 12],
      [268, 12],
      [268, 268],
      [12, 268],
      [12, 12],
    ] as const;
    expectSeven(greyBitmap(draw(plain(), frame, { thickness: 4 })));
  });

  it('keeps a digit that the edge cuts', () => {
    const cut = greyBitmap(draw(paper(280, 280), seven(-10, 60, 150), { thickness: 16 }));
    expect(digitShare(findOn(cut))).toBe(1);
    expect(difference(normalizeDigit(cut), reference)).toBeLessThan(14);
  });

  const two = [
    [4, 20],
    [30, 4],
    [70, 4],
    [94, 30],
    [94, 50],
    [4, 154],
    [94, 154],
  ] as const;

  it.each([
    ['7', 'thin', seven(4, 4, 150), 7],
    ['7', 'very broad', seven(4, 4, 150), 34],
    ['2', 'broad', two, 22],
  ] as const)(
    'normalizes a %s of %s strokes that was cut out from edge to edge',
    (_digit, _strokes, points, thickness) => {
      const amid = points.map(([x, y]) => [x + 90, y + 60] as const);
      const roomy = normalizeDigit(greyBitmap(draw(paper(280, 280), amid, { thickness })));
      const close = draw(paper(98, 158), points, { thickness });
      for (const [polarity, sheet] of [
        ['dark-on-light', close],
        ['light-on-dark', inverted(close)],
      ] as const) {
        const bitmap = greyBitmap(sheet);
        const found = findOn(bitmap);
        expect(found.view.polarity).toBe(polarity);
        expect(digitShare(found)).toBe(1);
        expect(difference(normalizeDigit(bitmap), roomy)).toBeLessThan(16);
      }
    },
  );

  it('keeps the detached bar of a 5', () => {
    const body = draw(
      paper(280, 280),
      [
        [110, 80],
        [105, 140],
        [165, 150],
        [160, 210],
        [100, 215],
      ],
      { thickness: 12 },
    );
    const five = findOn(
      greyBitmap(
        draw(
          body,
          [
            [135, 70],
            [185, 66],
          ],
          { thickness: 12 },
        ),
      ),
    );
    expect(five.digit.parts).toHaveLength(2);
    expect(digitShare(five)).toBe(1);
  });

  it.each([
    ['blank', paper(280, 280)],
    [
      'grained and shaded',
      grain(
        lit(paper(600, 450, 220), (x, y) => 0.7 + 0.2 * x + 0.1 * y),
        8,
      ),
    ],
    ['black', paper(28, 28, 0)],
  ])('refuses %s paper', (_, sheet) => {
    expect(() => normalizeDigit(greyBitmap(sheet))).toThrow(expect.objectContaining({ code: 'no-ink' }));
    expect(() => normalizeDigit(greyBitmap(sheet))).toThrow(ImageError);
  });

  it('returns the same pixels twice and leaves the bitmap untouched', () => {
    const bitmap = greyBitmap(plain());
    const before = bitmap.data.slice();
    expect(normalizeDigit(bitmap)).toEqual(normalizeDigit(bitmap));
    expect(bitmap.data).toEqual(before);
  });

  it.each([
    [8, 8],
    [9, 300],
    [300, 9],
    [1000, 8],
  ])('survives noise of any shape: %i×%i', (width, height) => {
    const bitmap = greyBitmap(grain(paper(width, height, 128), 127));
    try {
      expect(normalizeDigit(bitmap)).toHaveLength(784);
    } catch (error) {
      expect(error).toBeInstanceOf(ImageError);
    }
  });
});
