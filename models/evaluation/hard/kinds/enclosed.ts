import { chooseHeight, type Kind, layOut, type Page, type Stage } from '../kind.ts';
import { addLayer, type Box, createLayer } from '../layer.ts';
import { arc, drawPath, line, type Point, shake } from '../lines.ts';
import { chooseLook, onPaper } from '../paper.ts';
import type { Photo } from '../photo.ts';
import { drawCells } from '../print.ts';
import { chooseHand, type Hand, writeDigit } from '../write-digit.ts';

/** Pictures of one digit with something drawn around it. */
export const ENCLOSED: Kind[] = [
  { name: 'circle', shows: 'digit', draw: (label, stage) => enclosed(label, 0.75, stage, inCircle) },
  { name: 'box', shows: 'digit', draw: (label, stage) => enclosed(label, 0.5, stage, inBox) },
  { name: 'cells', shows: 'digit', draw: inCells },
  { name: 'parentheses', shows: 'digit', draw: (label, stage) => enclosed(label, 0.6, stage, inParentheses) },
  { name: 'brackets', shows: 'digit', draw: (label, stage) => enclosed(label, 0.6, stage, inBrackets) },
];

type Enclose = (page: Page, hand: Hand, stage: Stage) => void;

/** `room` around the digit is a share of its height. */
function enclosed(label: string, room: number, stage: Stage, enclose: Enclose): Photo {
  const { random, pickDigit } = stage;
  const hand = chooseHand(chooseHeight(random), random);
  const page = layOut(writeDigit(pickDigit(Number(label), random), hand), room * hand.height, random);
  enclose(page, hand, stage);
  return onPaper(page.page, chooseLook(random), random);
}

function inCircle({ page, box }: Page, { height, pen }: Hand, { random }: Stage): void {
  const loose = random.uniform(1.2, 1.5);
  const half = Math.hypot(box.right - box.left, box.bottom - box.top) / 2;
  const from = random.uniform(0, 2 * Math.PI);
  const ring = arc({
    centre: middle(box),
    rx: half * loose * random.uniform(0.92, 1.08),
    ry: half * loose,
    from,
    to: from + 2 * Math.PI + random.uniform(-0.15, 0.35),
  });
  drawPath(page, shake(ring, 0.015 * height, random), pen * height * random.uniform(0.8, 1.1));
}

/** Four strokes, of which one in four boxes runs into the digit. */
function inBox({ page, box }: Page, { height, pen }: Hand, { random }: Stage): void {
  const radius = pen * height * random.uniform(0.7, 1.1);
  const touching = random.chance(0.25) ? random.integer(0, 3) : null;
  const margin = [0, 1, 2, 3].map((side) =>
    side === touching ? random.uniform(-0.5, 0.5) * radius : radius + random.uniform(0.12, 0.35) * height,
  );
  const [left, top] = [box.left - margin[0]!, box.top - margin[1]!];
  const [right, bottom] = [box.right + margin[2]!, box.bottom + margin[3]!];
  const over = () => random.uniform(0, 0.05) * height;
  const sides: [Point, Point][] = [
    [
      [left, top - over()],
      [left, bottom + over()],
    ],
    [
      [left - over(), top],
      [right + over(), top],
    ],
    [
      [right, top - over()],
      [right, bottom + over()],
    ],
    [
      [left - over(), bottom],
      [right + over(), bottom],
    ],
  ];
  for (const [from, to] of sides) drawPath(page, shake(line(from, to), 0.012 * height, random), radius);
}

function inParentheses({ page, box }: Page, { height, pen }: Hand, { random }: Stage): void {
  const [, y] = middle(box);
  const ry = height * random.uniform(0.62, 0.75);
  const rx = height * random.uniform(0.18, 0.3);
  const gap = () => height * random.uniform(0.14, 0.32);
  const open = random.uniform(1.1, 1.3);
  const left: Point = [box.left - gap() + rx, y];
  const right: Point = [box.right + gap() - rx, y];
  const before = arc({ centre: left, rx, ry, from: Math.PI + open, to: Math.PI - open });
  const after = arc({ centre: right, rx, ry, from: -open, to: open });
  for (const path of [before, after]) drawPath(page, shake(path, 0.01 * height, random), pen * height);
}

function inBrackets({ page, box }: Page, { height, pen }: Hand, { random }: Stage): void {
  const over = height * random.uniform(0.1, 0.22);
  const [top, bottom] = [box.top - over, box.bottom + over];
  const arm = height * random.uniform(0.12, 0.2);
  const gap = () => height * random.uniform(0.2, 0.36);
  const [left, right] = [box.left - gap(), box.right + gap()];
  for (const [x, end] of [
    [left, left + arm],
    [right, right - arm],
  ] as const) {
    const path = [
      ...line([end, top], [x, top]),
      ...line([x, top], [x, bottom]),
      ...line([x, bottom], [end, bottom]),
    ];
    drawPath(page, shake(path, 0.01 * height, random), pen * height);
  }
}

/** A form's row of cells; in one of three pictures the form goes on past the picture's edges. */
function inCells(label: string, { random, pickDigit }: Stage): Photo {
  const hand = chooseHand(random.uniform(50, 90), random);
  const digit = writeDigit(pickDigit(Number(label), random), hand);
  const height = Math.round(hand.height * random.uniform(1.3, 1.7));
  const width = Math.max(height * random.uniform(0.8, 1.1), digit.width + 0.3 * hand.height);
  const columns = random.integer(3, 5);
  const goesOn = random.chance(0.35);
  const margin = goesOn ? -0.4 * width : random.uniform(0.15, 0.5) * hand.height;
  const page = createLayer(
    columns * width + 2 * margin,
    height * (goesOn ? 1.8 : 1) + 2 * Math.abs(margin) * 0.6,
  );
  const rows = goesOn ? 3 : 1;
  const top = (page.height - rows * height) / 2 + (goesOn ? random.uniform(-0.15, 0.15) * height : 0);
  const print = createLayer(page.width, page.height);
  drawCells(print, { left: margin, top, width, height, columns, rows, thickness: random.uniform(1, 3.2) });
  const column = goesOn ? random.integer(1, columns - 2) : random.integer(0, columns - 1);
  const centre = margin + (column + 0.5) * width + random.normal() * 0.03 * width;
  const row = top + (goesOn ? height : 0) + height / 2 + random.normal() * 0.03 * height;
  addLayer(page, digit, { left: centre - digit.width / 2, top: row - digit.height / 2 });
  const look = chooseLook(random);
  return onPaper(page, random.chance(0.5) ? { ...look, print: look.ink } : look, random, print);
}

function middle(box: Box): Point {
  return [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
}
