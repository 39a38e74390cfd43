import type { Box, Line } from '../reading.ts';
import type { Grid } from './raster/grid.ts';
import { draw } from './sheets.fixture.ts';

// Digits and what stands around them, as polylines, for tests alone.

type Point = readonly [x: number, y: number];
export type Strokes = readonly (readonly Point[])[];

/** Points as in SVG: `0,0 10,5`. */
function path(points: string): Point[] {
  return points.split(' ').map((point) => {
    const [x, y] = point.split(',').map(Number);
    return [x!, y!];
  });
}

export function line(fromX: number, fromY: number, toX: number, toY: number): Strokes {
  return [
    [
      [fromX, fromY],
      [toX, toY],
    ],
  ];
}

export function ellipse(x: number, y: number, radiusX: number, radiusY: number): Strokes {
  const sides = 16;
  const angles = Array.from({ length: sides + 1 }, (_, i) => (2 * Math.PI * i) / sides);
  return [angles.map((angle) => [x + radiusX * Math.sin(angle), y - radiusY * Math.cos(angle)])];
}

export function rectangle(left: number, top: number, right: number, bottom: number): Strokes {
  return [path(`${left},${top} ${right},${top} ${right},${bottom} ${left},${bottom} ${left},${top}`)];
}

/** In boxes of height 1, x from 0. */
const SHAPES = {
  '0': ellipse(0.3, 0.5, 0.3, 0.5),
  'wide 0': ellipse(0.46, 0.5, 0.46, 0.5),
  '1': [path('0,0 0,1')],
  '1 with flag and foot': [path('0,.25 .25,0 .25,1'), path('0,1 .5,1')],
  '2': [path('0,.24 .1,.06 .3,0 .5,.08 .54,.28 .42,.5 0,1 .6,1')],
  '3': [path('0,.1 .25,0 .5,.1 .5,.34 .2,.47 .54,.6 .58,.84 .3,1 0,.9')],
  '4': [path('.34,0 0,.66 .62,.66'), path('.42,.36 .42,1')],
  '5': [path('.6,0 .12,0 .08,.42 .4,.4 .6,.65 .5,.92 .25,1 0,.93')],
  '5 with detached bar': [path('.12,.16 .08,.48 .4,.44 .58,.68 .5,.93 .25,1 0,.93'), path('.22,.02 .58,0')],
  // Narrow, as 6 and 9 often are.
  '6': [path('.3,0 .08,.4 0,.75 .1,1 .3,1 .4,.8 .3,.6 .05,.7')],
  '7': [path('0,0 .6,0 .2,1')],
  '7 with bar': [path('0,0 .6,0 .2,1'), path('.16,.48 .62,.48')],
  '8': [...ellipse(0.3, 0.24, 0.24, 0.24), ...ellipse(0.3, 0.74, 0.3, 0.26)],
  '9': [path('.1,1 .32,.6 .4,.25 .3,0 .1,0 0,.2 .1,.4 .35,.3')],
  '(': [path('.24,0 .06,.25 0,.5 .06,.75 .24,1')],
  ')': [path('0,0 .18,.25 .24,.5 .18,.75 0,1')],
  '[': [path('.22,0 0,0 0,1 .22,1')],
  ']': [path('0,0 .22,0 .22,1 0,1')],
} satisfies Record<string, Strokes>;

export type Shape = keyof typeof SHAPES;

export interface Placement {
  left: number;
  top: number;
  height: number;
  /** How far it leans to the right for each pixel up, about its foot. */
  slant?: number;
}

export function shape(name: Shape, { left, top, height, slant = 0 }: Placement): Strokes {
  const points: Strokes = SHAPES[name];
  return points.map((stroke) =>
    stroke.map(([x, y]) => [left + height * (x + slant * (1 - y)), top + height * y]),
  );
}

/** Shapes beside each other, each `step` to the right of the one before. */
export function row(names: readonly Shape[], { step, ...first }: Placement & { step: number }): Strokes[] {
  return names.map((name, i) => shape(name, { ...first, left: first.left + i * step }));
}

/** Draws strokes over what a sheet shows. */
export function write(sheet: Grid, strokes: Strokes, pen: { thickness?: number; ink?: number } = {}): Grid {
  for (const stroke of strokes) draw(sheet, stroke, pen);
  return sheet;
}

/** The rectangle around strokes of a thickness. */
export function boxOf(strokes: Strokes, thickness: number): Box {
  const points = strokes.flat();
  const left = Math.min(...points.map(([x]) => x)) - thickness / 2;
  const top = Math.min(...points.map(([, y]) => y)) - thickness / 2;
  const right = Math.max(...points.map(([x]) => x)) + thickness / 2;
  const bottom = Math.max(...points.map(([, y]) => y)) + thickness / 2;
  return { left, top, width: right - left, height: bottom - top };
}

/** How far the sides of two rectangles lie apart, at most. */
export function apart(a: Box, b: Box): number {
  return Math.max(
    Math.abs(a.left - b.left),
    Math.abs(a.top - b.top),
    Math.abs(a.left + a.width - b.left - b.width),
    Math.abs(a.top + a.height - b.top - b.height),
  );
}

/** Whether one way through a line, from its first piece to its last, is candidates with the given boxes. */
export function hasWay({ pieces, candidates }: Line, boxes: readonly Box[], within: number): boolean {
  let ends = [0];
  for (const box of boxes) {
    const next = candidates.filter(
      (candidate) => ends.includes(candidate.from) && apart(candidate.box, box) <= within,
    );
    ends = next.map(({ to }) => to);
  }
  return ends.includes(pieces);
}
