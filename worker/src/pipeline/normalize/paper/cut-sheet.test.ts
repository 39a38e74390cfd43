import { expect, it } from 'vitest';
import { corners, lay } from '../desk.fixture.ts';
import type { Point } from '../raster/hull.ts';
import { colourBitmap, greyBitmap, paper } from '../sheets.fixture.ts';
import { cutSheet } from './cut-sheet.ts';

const place = corners({ x: 40, y: 30, width: 40, height: 28, degrees: 20 });
const DESK = 30;
const PAPER = 220;
const sheetOf = (polygon: Point[]) => ({ corners: polygon, contrast: PAPER - DESK });
/** As a search finds it: within the sheet’s edges. */
const found = sheetOf(corners({ x: 40, y: 30, width: 37, height: 25, degrees: 20 }));
const desk = () => lay(paper(80, 60, DESK), place, PAPER);

it('cuts out the rectangle around a sheet', () => {
  const { bitmap, left, top } = cutSheet(greyBitmap(desk()), found, 1);
  const [xs, ys] = [found.corners.map(({ x }) => x), found.corners.map(({ y }) => y)];
  expect([left, top]).toEqual([Math.floor(Math.min(...xs)), Math.floor(Math.min(...ys))]);
  expect(left + bitmap.width).toBe(Math.ceil(Math.max(...xs)));
  expect(top + bitmap.height).toBe(Math.ceil(Math.max(...ys)));
});

it('gives what lies beside the sheet the paper’s colour', () => {
  const { bitmap } = cutSheet(greyBitmap(desk()), found, 1);
  expect(bitmap.data).toHaveLength(bitmap.width * bitmap.height);
  expect([...new Set(bitmap.data)]).toEqual([PAPER]);
});

it('does so in colour', () => {
  const [sheet, table] = [
    [230, 210, 90],
    [20, 60, 140],
  ];
  const { bitmap } = cutSheet(colourBitmap(lay(paper(80, 60, 0), place, 255), table, sheet), found, 1);
  expect(bitmap.channels).toBe(3);
  expect(bitmap.data).toHaveLength(3 * bitmap.width * bitmap.height);
  const colours = sheet.map((_, c) => new Set(bitmap.data.filter((_, i) => i % 3 === c)));
  expect(colours.map((values) => [...values])).toEqual(sheet.map((value) => [value]));
});

it('keeps what is written on the sheet, where it is', () => {
  const source = greyBitmap(desk());
  for (let x = 36; x < 44; x++) source.data[30 * 80 + x] = 10;
  const { bitmap, left, top } = cutSheet(source, found, 1);
  const dark = [...bitmap.data.keys()].filter((i) => bitmap.data[i] < 100);
  expect(dark).toEqual(Array.from({ length: 8 }, (_, i) => (30 - top) * bitmap.width + 36 + i - left));
});

it('goes by the paper of each row', () => {
  const shaded = greyBitmap(desk());
  for (let i = 0; i < shaded.data.length; i++)
    shaded.data[i] = (shaded.data[i]! * (40 + Math.floor(i / 80))) / 100;
  const { bitmap, top } = cutSheet(shaded, found, 1);
  for (const y of [8, bitmap.height - 8]) {
    const expected = Math.floor((PAPER * (40 + top + y)) / 100);
    expect(bitmap.data[y * bitmap.width]).toBe(expected);
    expect(bitmap.data[(y + 1) * bitmap.width - 1]).toBe(expected);
  }
});

it('gives rows that only touch a corner the colour of the nearest one', () => {
  // So pointed a corner that no whole pixel of its first rows lies on the sheet.
  const pointed = sheetOf([
    { x: 40.4, y: 5 },
    { x: 44.4, y: 30 },
    { x: 40.4, y: 55 },
    { x: 36.4, y: 30 },
  ]);
  const source = greyBitmap(paper(80, 60, DESK));
  for (let y = 9; y < 51; y++) for (let x = 36; x < 46; x++) source.data[y * 80 + x] = PAPER;
  const { bitmap } = cutSheet(source, pointed, 1);
  expect(bitmap.height).toBe(50);
  expect([...new Set(bitmap.data)]).toEqual([PAPER]);
});

it('takes corners of a reduced picture', () => {
  const half = sheetOf(found.corners.map(({ x, y }) => ({ x: x / 2, y: y / 2 })));
  expect(cutSheet(greyBitmap(desk()), half, 2)).toEqual(cutSheet(greyBitmap(desk()), found, 1));
});

it('stays inside the picture', () => {
  const beyond = sheetOf(corners({ x: 10, y: 10, width: 60, height: 60, degrees: 10 }));
  const { bitmap, left, top } = cutSheet(greyBitmap(paper(30, 24, PAPER)), beyond, 1);
  expect({ left, top, width: bitmap.width, height: bitmap.height }).toEqual({
    left: 0,
    top: 0,
    width: 30,
    height: 24,
  });
  expect([...new Set(bitmap.data)]).toEqual([PAPER]);
});
