import { expect, test } from 'vitest';
import { drawForm } from './drawn/forms.ts';
import { judge, renderNumber, type Written } from './numbers.ts';
import { type Path, rasterize } from './pen/polyline.ts';
import { traceStrokes } from './pen/strokes.ts';
import { createRandom } from './random.ts';
import { NO_DIGIT } from './shards.ts';

/** 28×28 ink of lines; points are pixels. */
function ink(...paths: Path[]): Uint8Array {
  const large = rasterize(
    paths.map((path) => path.map(([x, y]): [number, number] => [2 * x, 2 * y])),
    3,
  );
  return Uint8Array.from(
    { length: 28 * 28 },
    (_, i) => large.data[2 * Math.floor(i / 28) * 64 + 2 * (i % 28)]!,
  );
}

const SEVEN: Path = [
  [6, 5],
  [20, 5],
  [12, 23],
];
const STEM: Path = [
  [14, 4],
  [14, 24],
];
const BAR: Path = [
  [5, 14],
  [22, 14],
];
const BOX = { left: 10, top: 10, width: 20, height: 30 };
const BESIDE = { ...BOX, left: 34 };

function written(pixels: Uint8Array, box: typeof BOX, label: number, origin: number) {
  const strokes: Written['strokes'] = traceStrokes({ data: pixels, width: 28, height: 28 }, 1)!;
  return { strokes, pixels, box, label, origin };
}

const DIGITS = [written(ink(SEVEN), BOX, 7, 300), written(ink(STEM), BESIDE, 1, 400)];

test('what is like a digit alone in the same place shows that digit', () => {
  expect(judge({ pixels: ink(SEVEN), box: BOX }, DIGITS)).toMatchObject({ label: 7, origin: 300 });
  expect(judge({ pixels: ink(STEM), box: BESIDE }, DIGITS)).toMatchObject({ label: 1, origin: 400 });
});

test('what is like none shows no digit', () => {
  const both = { left: 10, top: 10, width: 44, height: 30 };
  expect(
    judge(
      {
        pixels: ink(BAR, [
          [5, 22],
          [22, 22],
        ]),
        box: both,
      },
      DIGITS,
    )?.label,
  ).toBe(NO_DIGIT);
});

test('it is left out where nobody can say: a stroke that may be a one, nearly all of a digit, the same ink elsewhere', () => {
  const part = { ...BOX, width: 6 };
  expect(judge({ pixels: ink(STEM), box: part }, DIGITS.slice(0, 1))).toBeNull();
  expect(judge({ pixels: ink(BAR), box: BOX }, DIGITS)).toBeNull();
  expect(judge({ pixels: ink(SEVEN), box: part }, DIGITS)).toBeNull();
});

test('numbers are cut into digits with their labels, and no more fragments than digits', () => {
  const random = createRandom(8);
  const numbers = Array.from({ length: 12 }, () => {
    const digits = [0, 1].map((origin) => {
      const { mask, digit } = drawForm(random);
      return { strokes: traceStrokes(mask, 1)!, label: digit, origin };
    });
    return { digits, examples: renderNumber(digits, random) };
  });
  const found = numbers.flatMap(({ digits, examples }) => {
    const cutouts = examples.filter(({ label }) => label !== NO_DIGIT);
    expect(examples.length - cutouts.length).toBeLessThanOrEqual(Math.max(1, cutouts.length));
    for (const { label, origin } of cutouts) expect(label).toBe(digits[origin]!.label);
    return cutouts;
  });
  expect(found.length).toBeGreaterThan(12);
});
