import { type Path, rasterize } from '../pen/polyline.ts';
import type { Mask } from '../pen/strokes.ts';
import type { Random } from '../random.ts';

/** What stands around digits on forms and in lists, without them: boxes, cells, rings, dashes. Ink on a 64×64 mask. */
export function drawFigure(random: Random): Mask {
  const paths = random.pick([cells, cells, rings, dashes, dashes])(random);
  return rasterize(paths, random.uniform(0.8, 2.4));
}

/** A box, or a row of cells. */
function cells(random: Random): Path[] {
  const n = random.integer(1, 5);
  const width = n === 1 ? random.uniform(24, 48) : 48;
  const height = n === 1 ? random.uniform(20, 48) : Math.min(44, (48 / n) * random.uniform(0.8, 1.6));
  const [left, top] = [32 - width / 2, 32 - height / 2];
  const [right, bottom] = [left + width, top + height];
  const walls = Array.from({ length: n + 1 }, (_, k): Path => {
    const x = left + (k * width) / n;
    return [
      [x, top],
      [x, bottom],
    ];
  });
  const open = n > 1 && random.chance(0.2);
  const floor: Path = [
    [left, bottom],
    [right, bottom],
  ];
  return [
    ...walls,
    floor,
    ...(open
      ? []
      : [
          [
            [left, top],
            [right, top],
          ] satisfies Path,
        ]),
  ];
}

/** Two rings, one inside the other, or a ring with something in it: a ring alone is a nought. */
function rings(random: Random): Path[] {
  const outer = circle(22, random);
  if (random.chance(0.6)) return [outer, circle(random.uniform(12, 18), random)];
  const [x, y] = [random.uniform(24, 40), random.uniform(24, 40)];
  const [dx, dy] = [random.uniform(-8, 8), random.uniform(-8, 8)];
  return [
    outer,
    [
      [x - dx, y - dy],
      [x + dx, y + dy],
    ],
  ];
}

function circle(radius: number, random: Random): Path {
  const [rx, ry] = [radius * random.uniform(0.9, 1.05), radius * random.uniform(0.9, 1.05)];
  return Array.from({ length: 41 }, (_, k) => [
    32 + rx * Math.cos((k / 40) * 2 * Math.PI),
    32 + ry * Math.sin((k / 40) * 2 * Math.PI),
  ]);
}

/** Flat strokes beside each other or above one another. */
function dashes(random: Random): Path[] {
  const n = random.integer(1, 4);
  const isStacked = random.chance(0.5);
  const half = isStacked || n === 1 ? random.uniform(8, 22) : (24 / n) * random.uniform(0.4, 0.8);
  const apart = isStacked ? random.uniform(7, 12) : 48 / n;
  return Array.from({ length: n }, (_, k) => {
    const at = (k - (n - 1) / 2) * apart;
    const [x, y] = isStacked ? [32, 32 + at] : [32 + at, 32];
    const wave = random.normal() * 1.2;
    return [
      [x - half, y + random.normal()],
      [x, y + wave],
      [x + half, y + random.normal()],
    ];
  });
}
