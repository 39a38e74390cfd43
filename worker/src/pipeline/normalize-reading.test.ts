import type { Expectation } from '@inkqueue/shared/contracts/prediction';
import { describe, expect, it } from 'vitest';
import type { Bitmap } from './bitmap.ts';
import { corners, lay } from './normalize/desk.fixture.ts';
import {
  apart,
  boxOf,
  ellipse,
  hasWay,
  line,
  rectangle,
  row,
  type Shape,
  type Strokes,
  shape,
  write,
} from './normalize/digits.fixture.ts';
import { greyBitmap, inverted, paper } from './normalize/sheets.fixture.ts';
import { normalize } from './normalize.ts';
import type { Box, Line } from './reading.ts';

interface Page {
  width: number;
  height: number;
  thickness: number;
}
const page: Page = { width: 300, height: 160, thickness: 7 };

const drawn = ({ width, height, thickness }: Page, all: readonly Strokes[]) =>
  write(paper(width, height), all.flat(), { thickness });
const read = (bitmap: Bitmap, expectation: Expectation = 'auto') =>
  normalize(bitmap, { expect: expectation }).lines;
const readOf = (all: readonly Strokes[], expectation?: Expectation, on = page) =>
  read(greyBitmap(drawn(on, all)), expectation);

/** Two pixels of the reduced picture in which digits are searched. */
const near = ({ width, height }: Page) => 2 * Math.ceil(Math.max(width, height) / 64);

const boxesOf = (all: readonly Strokes[], thickness = page.thickness) =>
  all.map((strokes) => boxOf(strokes, thickness));

/** Expects one line, of digits that have the given boxes. */
function expectLine(lines: readonly Line[], boxes: readonly Box[], within: number): void {
  expect(lines).toHaveLength(1);
  expect(hasWay(lines[0]!, boxes, within)).toBe(true);
}

it('no box goes beyond the picture, also where digits lie at its edge and the picture is reduced', () => {
  const on = { width: 1201, height: 401, thickness: 30 };
  const digits = row(['3', '7'], { left: 300, top: 120, height: 281, step: 400 });
  for (const { candidates } of readOf(digits, 'many', on)) {
    for (const { box } of candidates) {
      expect(box.top + box.height).toBeLessThanOrEqual(401);
      expect(box.left + box.width).toBeLessThanOrEqual(1201);
    }
  }
});

describe('the box of a single digit', () => {
  const digits: Shape[] = ['0', 'wide 0', '1', '2', '3', '4', '5', '5 with detached bar', '7', '8'];

  it.each(digits)('goes around its ink: %s', (name) => {
    const on = { width: 140, height: 120, thickness: 8 };
    const strokes = shape(name, { left: 44, top: 24, height: 72 });
    expectLine(readOf([strokes], 'auto', on), [boxOf(strokes, 8)], near(on));
    const light = read(greyBitmap(inverted(drawn(on, [strokes]))));
    expectLine(light, [boxOf(strokes, 8)], near(on));
  });

  it('goes around a small digit of a large page', () => {
    const on = { width: 640, height: 400, thickness: 5 };
    const strokes = shape('3', { left: 420, top: 90, height: 60 });
    expectLine(readOf([strokes], 'auto', on), [boxOf(strokes, 5)], near(on));
  });

  it('ends at the edge of a picture whose size is no multiple of the reduced one’s', () => {
    const on = { width: 131, height: 127, thickness: 8 };
    const strokes = shape('4', { left: 70, top: 50, height: 90 });
    const [{ candidates }] = readOf([strokes], 'auto', on) as [Line];
    const { left, top, width, height } = candidates[0]!.box;
    expect(left + width).toBeLessThanOrEqual(on.width);
    expect(top + height).toBe(on.height);
  });
});

describe('the boxes of a number', () => {
  it.each<[string, Page]>([
    ['a small picture', { width: 150, height: 60, thickness: 4 }],
    ['a picture', page],
    ['a large picture', { width: 600, height: 260, thickness: 12 }],
  ])('go around each digit: %s', (_, on) => {
    const digits = row(['3', '8', '2', '7'], {
      left: 0.08 * on.width,
      top: 0.2 * on.height,
      height: 0.4 * on.height,
      step: 0.23 * on.width,
    });
    expectLine(readOf(digits, 'auto', on), boxesOf(digits, on.thickness), near(on));
  });
});

describe('the boxes of what is written on a sheet on a desk', () => {
  const sheet = corners({ x: 190, y: 140, width: 240, height: 180, degrees: 12 });
  const onDesk = (strokes: Strokes) =>
    greyBitmap(write(lay(paper(400, 280, 60), sheet, 225), strokes, { thickness: 9, ink: 30 }));
  const within = near({ width: 400, height: 280, thickness: 9 });

  it('lie in the whole picture, around a digit', () => {
    const strokes = shape('3', { left: 170, top: 95, height: 90 });
    expectLine(read(onDesk(strokes)), [boxOf(strokes, 9)], within);
  });

  it('lie in the whole picture, around each digit of a number', () => {
    const digits = row(['2', '7', '5'], { left: 110, top: 115, height: 50, step: 55 });
    expectLine(read(onDesk(digits.flat())), boxesOf(digits, 9), within);
  });

  it('go around all that is light in a close crop, which shows no desk', () => {
    const block = corners({ x: 28, y: 28, width: 30, height: 30, degrees: 8 });
    const crop = lay(paper(56, 56, 60), block, 225);
    const [{ candidates }] = read(
      greyBitmap(write(crop, shape('3', { left: 22, top: 18, height: 20 }), { thickness: 2, ink: 30 })),
    ) as [Line];
    expect(apart(candidates[0]!.box, { left: 11, top: 11, width: 34, height: 34 })).toBeLessThan(3);
  });

  it.each([32, 38])('go around a bold square, which is a 0: %i pixels', (thickness) => {
    const strokes = rectangle(72, 44, 184, 156);
    const on = { width: 256, height: 200, thickness };
    expectLine(readOf([strokes], 'auto', on), [boxOf(strokes, thickness)], near(on));
  });

  it('lie on the desk where nothing is written on the sheet', () => {
    const bare = onDesk([]);
    expect(read(bare)).toHaveLength(1);
  });
});

describe('how many digits are expected', () => {
  const number = row(['3', '8', '2'], { left: 30, top: 45, height: 60, step: 90 });

  it('auto reads a single digit as one, certain', () => {
    const [only, ...others] = readOf([shape('3', { left: 130, top: 30, height: 90 })]);
    expect(others).toEqual([]);
    expect(only).toMatchObject({ pieces: 1, candidates: [{ from: 0, to: 1, cost: 0, isDoubtful: false }] });
  });

  it('auto reads all digits', () => expectLine(readOf(number), boxesOf(number), near(page)));

  it('auto reads several lines, from top to bottom', () => {
    const upper = row(['3', '7'], { left: 60, top: 14, height: 50, step: 70 });
    const lower = row(['4', '8', '2'], { left: 50, top: 94, height: 50, step: 70 });
    const [first, second, ...others] = readOf([...lower, ...upper]);
    expect(others).toEqual([]);
    expectLine([first!], boxesOf(upper), near(page));
    expectLine([second!], boxesOf(lower), near(page));
  });

  it('one reads the most central digit alone', () => {
    const lines = readOf(number, 'one');
    expectLine(lines, [boxOf(number[1]!, page.thickness)], near(page));
  });

  it('one reads the most central digit of several lines', () => {
    const lines = [10, 60, 110].map((top) => row(['3', '7'], { left: 80, top, height: 36, step: 65 }));
    expectLine(readOf(lines.flat(), 'one'), [boxOf(lines[1]![1]!, page.thickness)], near(page));
  });

  it('one does not cut what hangs together', () => {
    const touching = row(['3', '3'], { left: 100, top: 30, height: 90, step: 56 });
    expect(readOf(touching)[0]!.pieces).toBeGreaterThan(1);
    expect(readOf(touching, 'one')).toMatchObject([{ pieces: 1, candidates: [{}] }]);
  });

  it('many reads a single digit too', () => {
    const strokes = shape('3', { left: 130, top: 30, height: 90 });
    const lines = readOf([strokes], 'many');
    expectLine(lines, [boxOf(strokes, page.thickness)], near(page));
  });

  it('many looks for several digits in what could be one', () => {
    const joined = [
      ...row(['1', '1'], { left: 120, top: 30, height: 80, step: 62 }),
      line(120, 100, 182, 100),
    ];
    expect(readOf(joined)).toMatchObject([{ pieces: 1 }]);
    expect(readOf(joined, 'many')[0]!.pieces).toBeGreaterThan(1);
  });

  it('many keeps the rest of a digit that the edge cuts off, auto does not', () => {
    const cut = shape('0', { left: -26, top: 45, height: 60 });
    const whole = row(['3', '8'], { left: 90, top: 45, height: 60, step: 90 });
    expect(hasWay(readOf([cut, ...whole], 'auto')[0]!, boxesOf(whole), near(page))).toBe(true);
    expect(hasWay(readOf([cut, ...whole], 'many')[0]!, boxesOf(whole), near(page))).toBe(false);
    expect(readOf([cut, ...whole], 'many')[0]!.candidates[0]!.box).toMatchObject({ left: 0 });
  });
});

describe('what is written around digits', () => {
  const digits = row(['3', '7'], { left: 90, top: 45, height: 60, step: 70 });

  it.each<[string, Strokes]>([
    ['a ring', ellipse(145, 77, 110, 66)],
    ['an underline', line(80, 122, 220, 122)],
    ['a stop', line(225, 103, 226, 104)],
    [
      'brackets',
      [...shape('(', { left: 50, top: 44, height: 62 }), ...shape(')', { left: 222, top: 44, height: 62 })],
    ],
  ])('is not read: %s', (_, around) => {
    expectLine(readOf([...digits, around]), boxesOf(digits), near(page));
  });

  it('makes a digit doubtful that is struck out', () => {
    const [first, second] = boxesOf(digits, 0) as [Box, Box];
    const [{ candidates }] = readOf([
      ...digits,
      line(first.left - 18, 78, first.left + first.width + 18, 78),
    ]) as [Line];
    for (const { box, isDoubtful } of candidates) expect(isDoubtful).toBe(box.left < second.left - 10);
  });
});

describe('a page of small lines', () => {
  it('is read line by line, though the overview takes them for one thing', () => {
    const on = { width: 800, height: 800, thickness: 3 };
    const lines = Array.from({ length: 15 }, (_, i) =>
      row(['3', '7', '1'], { left: 364, top: 10 + 52 * i, height: 25, step: 24 }),
    );
    const read = readOf(lines.flat(), 'auto', on);
    expect(read).toHaveLength(15);
    for (const [i, line] of read.entries()) expect(hasWay(line, boxesOf(lines[i]!, 3), 6)).toBe(true);
  });
});

describe('more things than can be digits', () => {
  /** Strokes in rows of twelve. */
  const strokes = (count: number, scale = 1) =>
    Array.from({ length: count }, (_, i) => {
      const [x, y] = [18 + 24 * (i % 12), 12 + 26 * Math.floor(i / 12)];
      return line(scale * x, scale * y, scale * x, scale * (y + 15));
    });

  it('are one doubtful digit', () => {
    expect(readOf(strokes(144, 2), 'many', { width: 600, height: 660, thickness: 6 })).toMatchObject([
      { pieces: 1, candidates: [{ isDoubtful: true }] },
    ]);
  });

  it('are more than a page of them', () => {
    const lines = readOf(strokes(60), 'many', { ...page, thickness: 3 });
    expect(lines.map(({ pieces }) => pieces)).toEqual([12, 12, 12, 12, 12]);
  });
});

it('a digit that the edge cuts off is doubtful, alone and in a number', () => {
  const on = { width: 220, height: 140, thickness: 7 };
  const cutOff = shape('3', { left: 190, top: 40, height: 60 });
  const isDoubtful = (all: Strokes[], expectation: Expectation = 'auto') =>
    readOf(all, expectation, on).flatMap(({ candidates }) =>
      candidates.map((candidate) => candidate.isDoubtful),
    );
  expect(isDoubtful([cutOff])).toEqual([true]);
  const whole = [
    shape('8', { left: 30, top: 40, height: 60 }),
    shape('2', { left: 90, top: 40, height: 60 }),
  ];
  expect(isDoubtful([...whole, cutOff], 'many')).toContain(true);
  expect(isDoubtful(whole, 'many')).not.toContain(true);
});
