import { describe, expect, it } from 'vitest';
import { ellipse, line, rectangle, row, type Shape, type Strokes, shape, write } from '../digits.fixture.ts';
import { findDigit } from '../ink/find.ts';
import { takeOverview } from '../ink/overview.ts';
import { greyBitmap, inverted, paper } from '../sheets.fixture.ts';
import { isCrowded, isWideForOne } from './crowded.ts';

interface Size {
  width: number;
  height: number;
  thickness: number;
}
const page = { width: 128, height: 128, thickness: 8 };

function crowded({ width, height, thickness }: Size, ...all: Strokes[]): boolean {
  const sheet = write(paper(width, height), all.flat(), { thickness });
  const [dark, light] = [sheet, inverted(sheet)].map((grid) => {
    const overview = takeOverview(greyBitmap(grid));
    return isCrowded(findDigit(overview, () => {}).digit, overview.grey, overview.factor);
  });
  expect(light).toBe(dark);
  return dark!;
}

describe('a single digit', () => {
  const digits: Shape[] = [
    '0',
    'wide 0',
    '1',
    '1 with flag and foot',
    '2',
    '3',
    '4',
    '5',
    '5 with detached bar',
    '7',
    '7 with bar',
    '8',
  ];

  it.each(digits)('is not crowded: %s', (name) => {
    expect(crowded(page, shape(name, { left: 42, top: 28, height: 72 }))).toBe(false);
  });

  it.each(digits)('is not crowded where it is thin, small and aside: %s', (name) => {
    const place = { left: 20, top: 60, height: 44 };
    expect(crowded({ ...page, thickness: 4 }, shape(name, place))).toBe(false);
  });

  it.each(digits)('is not crowded in a close crop: %s', (name) => {
    const crop = { width: 28, height: 28, thickness: 3 };
    expect(crowded(crop, shape(name, { left: 6, top: 4, height: 20 }))).toBe(false);
  });

  it('is not crowded in a close crop where it is wider than high', () => {
    const crop = { width: 28, height: 20, thickness: 3 };
    expect(crowded(crop, ellipse(14, 10, 11, 7))).toBe(false);
  });

  it('is not crowded in a close crop as an 8 of two loops', () => {
    const crop = { width: 28, height: 28, thickness: 2 };
    expect(crowded(crop, ellipse(14, 8, 4, 3.5), ellipse(14, 19.5, 5, 4))).toBe(false);
  });

  it('is not crowded by a speck beside it', () => {
    const three = shape('3', { left: 42, top: 28, height: 72 });
    expect(crowded(page, three, line(110, 100, 111, 100))).toBe(false);
  });
});

describe('more than a single digit', () => {
  const one = { left: 46, top: 34, height: 60 };

  it.each<[string, Strokes[]]>([
    ['two digits', row(['2', '8'], { left: 20, top: 34, height: 60, step: 50 })],
    ['two 1s', row(['1', '1'], { left: 50, top: 34, height: 60, step: 24 })],
    ['three small digits', row(['3', '4', '7'], { left: 20, top: 50, height: 30, step: 28 })],
    ['digits that touch', row(['0', '0', '0'], { left: 20, top: 50, height: 40, step: 24 })],
    ['a ring', [shape('3', one), ellipse(64, 64, 54, 54)]],
    ['an underline', [shape('3', one), line(20, 112, 108, 112)]],
    ['digits above one another', [24, 72].map((top) => shape('3', { left: 50, top, height: 36 }))],
    ['a dash beside a digit', [shape('3', one), line(92, 64, 106, 64)]],
    ['a digit far away', [shape('3', one), shape('7', { left: 6, top: 6, height: 24 })]],
  ])('is crowded: %s', (_, strokes) => expect(crowded(page, ...strokes)).toBe(true));

  it('is crowded in a close crop', () => {
    const crop = { width: 40, height: 28, thickness: 3 };
    expect(crowded(crop, ...row(['2', '7'], { left: 4, top: 5, height: 19, step: 18 }))).toBe(true);
    expect(crowded(crop, ...row(['1', '3'], { left: 8, top: 5, height: 19, step: 10 }))).toBe(true);
  });
});

it('a digit that touches the box around it is crowded', () => {
  const three = shape('3', { left: 42, top: 34, height: 60 });
  expect(crowded({ ...page, thickness: 5 }, three, rectangle(24, 20, 78, 108))).toBe(true);
});

describe('what is as wide as two digits that touch', () => {
  it.each([
    ['two digits', { left: 10, top: 10, right: 60, bottom: 70 }, true],
    ['a narrow digit', { left: 10, top: 10, right: 40, bottom: 70 }, false],
  ])('%s', (_, digit, isWide) => {
    expect(isWideForOne(digit, { width: 100, height: 100 })).toBe(isWide);
    expect(isWideForOne(digit, { width: 36, height: 40 })).toBe(false);
  });
});
