import { curve, oval, type Path } from '../pen/polyline.ts';
import type { Random } from '../random.ts';

/** A one whose flag is nearly as long as its stem, down to the baseline. */
export function longFlaggedOne(random: Random): Path[] {
  const top = random.uniform(0.35, 0.55);
  const low = random.uniform(0.6, 1);
  const tip: [number, number] = [top - low / Math.tan(random.uniform(0.95, 1.3)), low];
  const bend: [number, number] = [
    (tip[0] + top) / 2 + random.normal() * 0.03,
    low / 2 + random.normal() * 0.03,
  ];
  return [[...curve([tip, bend, [top, 0]]), [top + random.normal() * 0.06, 1]]];
}

/** A four in one line that turns twice, as a flash of lightning. */
export function lightningFour(random: Random): Path[] {
  const bar = random.uniform(0.45, 0.65);
  const right = random.uniform(0.5, 0.75);
  return [
    [
      [random.uniform(0.3, 0.55), 0],
      [random.uniform(0, 0.08), bar],
      [right, bar + random.normal() * 0.04],
      [right - random.uniform(0, 0.3), 1],
    ],
  ];
}

/** A four whose bar ends at its stem, or nearly. */
export function triangularFour(random: Random): Path[] {
  const bar = random.uniform(0.6, 0.85);
  const stem = random.uniform(0.42, 0.62);
  return [
    [
      [stem + random.normal() * 0.03, 1],
      [stem + random.normal() * 0.02, random.uniform(0, 0.06)],
      [random.uniform(-0.05, 0.1), bar],
      [stem + random.uniform(0, 0.15), bar + random.normal() * 0.04],
    ],
  ];
}

export function wavySeven(random: Random): Path[] {
  const right = random.uniform(0.55, 0.8);
  const wave = random.uniform(0.05, 0.13);
  const foot = random.uniform(0.1, 0.45);
  const bar = curve([
    [0, random.uniform(0.1, 0.2)],
    [0.15, 0],
    [0.35, wave],
    [0.5, wave],
    [right, 0],
    [(right + foot) / 2 - random.uniform(0, 0.08), 0.5],
    [foot, 1],
  ]);
  if (random.chance(0.5)) return [bar];
  const middle = (right + foot) / 2 - 0.03;
  const half = random.uniform(0.12, 0.28);
  const y = random.uniform(0.44, 0.58);
  const lean = random.normal() * 0.05;
  return [
    bar,
    [
      [middle - half, y + lean],
      [middle + half, y - lean],
    ],
  ];
}

/** A two with a curl where it begins and a wide loop at its foot. */
export function curledTwo(random: Random): Path[] {
  const curl = random.uniform(0.04, 0.12);
  const loop = random.uniform(0.1, 0.24);
  const foot = random.uniform(0.88, 1);
  return [
    curve([
      [0.16 + curl, 0.24],
      [0.1, 0.24 + curl],
      [0.04, 0.2],
      [0.32, 0],
      [random.uniform(0.58, 0.75), 0.26],
      [0.34, foot - loop],
      [0.06, foot],
      [-0.06, foot - loop * 0.7],
      [0.1, foot - loop * 1.5],
      [0.4, foot - loop * 0.3],
      [random.uniform(0.65, 0.95), random.uniform(0.8, 1)],
    ]),
  ];
}

/** A nine whose tail goes on along the baseline to the left. */
export function sweptNine(random: Random): Path[] {
  const r = random.uniform(0.14, 0.26);
  const side = 0.35 + r;
  const far = random.uniform(-0.4, 0);
  return [
    oval({ cx: 0.35, cy: r, rx: r * random.uniform(0.9, 1.3), ry: r }, random),
    curve([
      [side, r * 0.6],
      [side + 0.02, 0.5],
      [side - 0.1, 0.85],
      [(side + far) / 2, random.uniform(0.94, 1.02)],
      [far, random.uniform(0.8, 1)],
    ]),
  ];
}
