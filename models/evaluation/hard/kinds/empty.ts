import type { Random } from '../../../training/examples/random.ts';
import { chooseHeight, type Kind, layOut, type Stage } from '../kind.ts';
import { addLayer, createLayer, type Layer } from '../layer.ts';
import { arc, drawPath, line, type Point, shake } from '../lines.ts';
import { chooseLook, choosePhoto, onPaper } from '../paper.ts';
import { createPhoto, expose, type Photo, paint } from '../photo.ts';
import { drawCells } from '../print.ts';
import { chooseHand, writeDigit } from '../write-digit.ts';

/** Pictures without a digit. */
export const EMPTY: Kind[] = [
  {
    name: 'blank',
    shows: 'nothing',
    draw: (_, { random }) => onPaper(emptyPage(random), chooseLook(random), random),
  },
  { name: 'blobs', shows: 'nothing', draw: (_, { random }) => blobs(random) },
  { name: 'scribble', shows: 'nothing', draw: (_, { random }) => drawn(scribble, random) },
  { name: 'rings', shows: 'nothing', draw: (_, { random }) => drawn(frame, random) },
  { name: 'dashes', shows: 'nothing', draw: (_, { random }) => drawn(dashes, random) },
  { name: 'half-digit', shows: 'nothing', draw: (_, stage) => halfDigit(stage) },
];

function emptyPage(random: Random): Layer {
  return createLayer(random.integer(140, 360), random.integer(140, 360));
}

/** `pen` is the radius of a pen for the page, in pixels. */
function drawn(draw: (page: Layer, pen: number, random: Random) => void, random: Random): Photo {
  const page = emptyPage(random);
  draw(page, random.uniform(0.008, 0.02) * Math.min(page.width, page.height), random);
  return onPaper(page, chooseLook(random), random);
}

/** Out of focus things in grey on grey. */
function blobs(random: Random): Photo {
  const look = choosePhoto(random);
  const page = emptyPage(random);
  const photo = createPhoto(page, look.paper);
  for (let n = random.integer(1, 5); n > 0; n--) {
    const spot = createLayer(page.width, page.height);
    const centre: Point = [random.uniform(0, page.width), random.uniform(0, page.height)];
    const size = random.uniform(0.06, 0.25) * page.width;
    drawPath(spot, [centre, [centre[0] + random.normal() * size, centre[1] + random.normal() * size]], size);
    const dark = random.uniform(0.45, 0.85);
    const [r, g, b] = look.paper;
    paint(photo, spot, [r * dark, g * dark, b * dark], size * random.uniform(0.25, 0.6));
  }
  expose(photo, look.camera!, random);
  return { ...photo, jpeg: look.camera!.jpeg };
}

/** A pen that goes to and fro. */
function scribble(page: Layer, pen: number, random: Random): void {
  const turns = random.integer(8, 22);
  const { width, height } = page;
  const path: Point[] = [[width * random.uniform(0.2, 0.8), height * random.uniform(0.2, 0.8)]];
  for (let k = 0; k < turns; k++) {
    const [x, y] = path.at(-1)!;
    const to: Point = [width * random.uniform(0.12, 0.88), height * random.uniform(0.12, 0.88)];
    const bow: Point = [
      (x + to[0]) / 2 + random.normal() * width * 0.15,
      (y + to[1]) / 2 + random.normal() * height * 0.15,
    ];
    for (let t = 0.05; t <= 1.001; t += 0.05) {
      const [a, b, c] = [(1 - t) ** 2, 2 * t * (1 - t), t * t];
      path.push([a * x + b * bow[0] + c * to[0], a * y + b * bow[1] + c * to[1]]);
    }
  }
  drawPath(page, path, pen);
}

/** A box, a row of cells or a ring with nothing in it. The ring is much rounder than a zero, and at times has another inside. */
function frame(page: Layer, pen: number, random: Random): void {
  const { width, height } = page;
  const [left, top] = [width * random.uniform(0.1, 0.25), height * random.uniform(0.1, 0.25)];
  const inside = { width: width - 2 * left, height: height - 2 * top };
  if (random.chance(0.5)) {
    const columns = random.integer(1, 5);
    const cell = {
      width: inside.width / columns,
      height: Math.min(inside.height, (1.6 * inside.width) / columns),
    };
    drawCells(page, { left, top, ...cell, columns, rows: 1, thickness: 2 * pen });
    return;
  }
  const radius = Math.min(inside.width, inside.height) / 2;
  for (let k = random.integer(0, 1); k >= 0; k--) {
    const r = radius * (1 - 0.25 * k);
    const ring = arc({ centre: [width / 2, height / 2], rx: r, ry: r, from: 1, to: 1 + 2 * Math.PI });
    drawPath(page, shake(ring, 0.02 * r, random), pen);
  }
}

/** One to four level dashes, in a row or under each other. */
function dashes(page: Layer, pen: number, random: Random): void {
  const n = random.integer(1, 4);
  const inRow = random.chance(0.5);
  const long = page.width * (inRow ? random.uniform(0.1, 0.16) : random.uniform(0.2, 0.6));
  for (let k = 0; k < n; k++) {
    const x = inRow ? page.width * (0.08 + (0.84 * k) / n) : (page.width - long) / 2;
    const y = inRow ? page.height / 2 : (page.height * (k + 1)) / (n + 1);
    const path = line([x, y], [x + long, y + random.normal() * 0.04 * long]);
    drawPath(page, shake(path, 0.015 * long, random), pen * 1.3);
  }
}

/** The picture's edge cuts through the digit. A half of a one is a one. */
function halfDigit({ random, pickDigit }: Stage): Photo {
  const hand = chooseHand(chooseHeight(random), random);
  const digit = writeDigit(pickDigit(random.pick([0, 2, 3, 4, 5, 6, 7, 8, 9]), random), hand);
  const { page, box } = layOut(digit, 0.5 * hand.height, random);
  const share = random.uniform(0.4, 0.6);
  const middle = {
    x: Math.round(box.left + share * digit.width),
    y: Math.round(box.top + share * digit.height),
  };
  const side = random.pick(['left', 'right', 'top', 'bottom'] as const);
  const half = createLayer(
    side === 'left' ? page.width - middle.x : side === 'right' ? middle.x : page.width,
    side === 'top' ? page.height - middle.y : side === 'bottom' ? middle.y : page.height,
  );
  addLayer(half, page, { left: side === 'left' ? -middle.x : 0, top: side === 'top' ? -middle.y : 0 });
  return onPaper(half, chooseLook(random), random);
}
