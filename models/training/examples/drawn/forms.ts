import { curve, oval, type Path, rasterize } from '../pen/polyline.ts';
import type { Mask } from '../pen/strokes.ts';
import type { Random } from '../random.ts';
import {
  curledTwo,
  lightningFour,
  longFlaggedOne,
  sweptNine,
  triangularFour,
  wavySeven,
} from './rare-forms.ts';

/**
 * Ways of writing digits that are common in the world and rare in MNIST, whose writers were American: a one with a
 * flag or a foot, a crossed seven, an open four, a flat-topped three, a looped two. Points are shares of the digit's height.
 */
const FORMS: [digit: number, weight: number, draw: (random: Random) => Path[]][] = [
  [1, 5, flaggedOne],
  [1, 2, footedOne],
  [7, 4, crossedSeven],
  [7, 2, hookedSeven],
  [4, 2, openFour],
  [4, 1, closedFour],
  [9, 2, stemmedNine],
  [9, 2, hookedNine],
  [3, 1, flatThree],
  [8, 1, stackedEight],
  [6, 2, sweptSix],
  [2, 2, loopedTwo],
  [1, 3, longFlaggedOne],
  [4, 2, lightningFour],
  [4, 2, triangularFour],
  [7, 2, wavySeven],
  [2, 2, curledTwo],
  [9, 2, sweptNine],
];
const WEIGHTED_FORMS = FORMS.flatMap((form) => new Array<typeof form>(form[1]).fill(form));

/** A digit in one of the rarer forms, drawn on a 64×64 mask. */
export function drawForm(random: Random): { mask: Mask; digit: number } {
  const [digit, , draw] = random.pick(WEIGHTED_FORMS);
  const width = random.uniform(0.75, 1.2);
  const paths = draw(random).map((path) =>
    path.map(([x, y]): [number, number] => [
      10 + 44 * (0.5 + (x - 0.35) * width) + random.normal() * 0.4,
      10 + 44 * y + random.normal() * 0.4,
    ]),
  );
  return { digit, mask: rasterize(paths, random.uniform(1.2, 2.6)) };
}

/** A flag that falls less steeply than this, in radians, makes the same drawing as an American seven. */
const FLAG_FALL_MIN = 0.65;

function flaggedOne(random: Random): Path[] {
  const length = random.uniform(0.18, 0.62);
  const fall = random.uniform(FLAG_FALL_MIN, 1.15);
  const top = random.uniform(0.35, 0.5);
  const tip: [number, number] = [top - length * Math.cos(fall), length * Math.sin(fall)];
  const bend: [number, number] = [
    (tip[0] + top) / 2 + random.normal() * 0.02,
    tip[1] / 2 + random.normal() * 0.03,
  ];
  return [[...curve([tip, bend, [top, 0]]), [top + random.normal() * 0.06, 1]]];
}

function footedOne(random: Random): Path[] {
  const [stem] = flaggedOne(random);
  const [x, y] = stem!.at(-1)!;
  const half = random.uniform(0.13, 0.5);
  const lean = random.normal() * 0.03;
  return [
    stem!,
    [
      [x - half, y + lean],
      [x + half, y - lean],
    ],
  ];
}

function crossedSeven(random: Random): Path[] {
  const [stem] = random.chance(0.5) ? hookedSeven(random) : plainSeven(random);
  const [x, y] = stem!.at(-1)!;
  const [tx, ty] = stem!.at(-2)!;
  const at = random.uniform(0.42, 0.62);
  const cx = x + (tx - x) * (1 - at);
  const cy = y + (ty - y) * (1 - at);
  const half = random.uniform(0.12, 0.3);
  const lean = random.normal() * 0.05;
  return [
    stem!,
    [
      [cx - half, cy + lean],
      [cx + half, cy - lean],
    ],
  ];
}

function plainSeven(random: Random): Path[] {
  const right = random.uniform(0.5, 0.75);
  return [
    [
      [random.uniform(0, 0.1), random.normal() * 0.03],
      [right, 0],
      [random.uniform(0.15, 0.45), 1],
    ],
  ];
}

function hookedSeven(random: Random): Path[] {
  const right = random.uniform(0.5, 0.75);
  const wave = random.uniform(0, 0.06);
  const bar = curve([
    [0.02, random.uniform(0.08, 0.22)],
    [0.05, 0.01],
    [0.3, 0.02 + wave],
    [right, 0],
  ]);
  return [[...bar, [random.uniform(0.15, 0.45), 1]]];
}

function openFour(random: Random): Path[] {
  const bar = random.uniform(0.5, 0.7);
  const stem = random.uniform(0.45, 0.62);
  return [
    [
      [random.uniform(0.1, 0.35), 0],
      [random.uniform(0, 0.08), bar],
      [random.uniform(0.65, 0.85), bar + random.normal() * 0.03],
    ],
    [
      [stem, random.uniform(0, 0.4)],
      [stem + random.normal() * 0.05, 1],
    ],
  ];
}

function closedFour(random: Random): Path[] {
  const bar = random.uniform(0.58, 0.72);
  const stem = random.uniform(0.42, 0.58);
  return [
    [
      [stem, 1],
      [stem + random.normal() * 0.02, 0],
      [0, bar],
      [random.uniform(0.65, 0.85), bar],
    ],
  ];
}

function stemmedNine(random: Random): Path[] {
  const r = random.uniform(0.17, 0.27);
  const side = 0.35 + r;
  return [
    oval({ cx: 0.35, cy: r, rx: r, ry: r }, random),
    [
      [side, random.uniform(0, r)],
      [side + random.uniform(-0.12, 0.06), 1],
    ],
  ];
}

function hookedNine(random: Random): Path[] {
  const r = random.uniform(0.1, 0.26);
  const side = 0.35 + r;
  const tip = random.uniform(-0.15, 0.3);
  const tail: Path = [
    [side, r * 0.6],
    [side + 0.02, 0.5],
    [side - 0.1, 0.85],
    [tip, random.uniform(0.9, 1)],
  ];
  if (random.chance(0.35)) tail.push([tip - 0.05, random.uniform(0.7, 0.85)]);
  return [oval({ cx: 0.35, cy: r, rx: r * random.uniform(0.9, 1.4), ry: r }, random), curve(tail)];
}

function sweptSix(random: Random): Path[] {
  const r = random.uniform(0.16, 0.32);
  const top = random.uniform(-0.05, 0.9 - 2 * r);
  const tip: [number, number] = [random.uniform(0.35, 1.15), top];
  const left = 0.35 - r;
  const sweep: Path = [tip, [(tip[0] + left) / 2, top + random.uniform(0.02, 0.2)], [left, 1 - r], [0.35, 1]];
  return [curve([...sweep, [0.35 + r, 1 - r], [0.35, 1 - 2 * r], [left, 1 - r * random.uniform(0.8, 1.2)]])];
}

function loopedTwo(random: Random): Path[] {
  const loop = random.uniform(0.06, 0.2);
  const foot = random.uniform(0.86, 1);
  return [
    curve([
      [random.uniform(-0.02, 0.15), random.uniform(0.12, 0.4)],
      [0.35, 0],
      [random.uniform(0.58, 0.75), 0.25],
      [0.32, foot - loop],
      [0.08, foot],
      [0, foot - loop],
      [0.12, foot - 2 * loop],
      [0.35, foot - loop * 0.4],
      [random.uniform(0.65, 0.9), random.uniform(0.85, 1)],
    ]),
  ];
}

function flatThree(random: Random): Path[] {
  const middle = random.uniform(0.35, 0.45);
  const bowl: Path = [
    [random.uniform(0.2, 0.3), middle],
    [0.55, middle + 0.08],
    [0.68, 0.7],
    [0.45, 0.98],
    [0.02, random.uniform(0.82, 0.95)],
  ];
  return [[[0.03, 0], [random.uniform(0.5, 0.65), 0], ...curve(bowl)]];
}

function stackedEight(random: Random): Path[] {
  const upper = random.uniform(0.18, 0.25);
  const lower = 0.5 - upper;
  const lean = random.normal() * 0.03;
  return [
    oval({ cx: 0.35 + lean, cy: upper, rx: upper * random.uniform(0.8, 1.1), ry: upper }, random),
    oval({ cx: 0.35 - lean, cy: 2 * upper + lower, rx: lower * random.uniform(0.8, 1.1), ry: lower }, random),
  ];
}
