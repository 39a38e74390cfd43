import { type Path, rasterize } from '../pen/polyline.ts';
import type { Mask } from '../pen/strokes.ts';
import type { Random } from '../random.ts';

/** A drawing that is not a digit: a scribble, a figure, or a sign. Ink on a 64×64 mask. */
export function scribble(random: Random): Mask {
  const paths = random.pick([wander, wander, zigzag, polygon, star, cross, hatch, spiral, dots, arrow])(
    random,
  );
  return rasterize(paths, random.uniform(1.2, 3.2));
}

/** A point moved around a circle's rim; the figures below stay inside 8…56. */
function around(turn: number, radius: number): [number, number] {
  return [32 + Math.cos(turn) * radius, 32 + Math.sin(turn) * radius];
}

function wander(random: Random): Path[] {
  const path: Path = [];
  let [x, y, turn, bend] = [random.uniform(16, 48), random.uniform(16, 48), random.uniform(0, 6.28), 0];
  for (let k = random.integer(60, 220); k > 0; k--) {
    bend = 0.85 * bend + 0.18 * random.normal();
    turn += bend;
    x += 1.6 * Math.cos(turn);
    y += 1.6 * Math.sin(turn);
    if (x < 8 || x > 56 || y < 8 || y > 56) turn += 1.2;
    x = Math.min(57, Math.max(7, x));
    y = Math.min(57, Math.max(7, y));
    path.push([x, y]);
  }
  return [path];
}

function zigzag(random: Random): Path[] {
  const turns = random.integer(5, 12);
  const swing = random.uniform(8, 22);
  return [
    Array.from({ length: turns }, (_, k) => [
      8 + (48 * k) / (turns - 1),
      32 + (k % 2 ? swing : -swing) + random.normal() * 2,
    ]),
  ];
}

function polygon(random: Random): Path[] {
  const corners = random.integer(3, 4);
  const turn = random.uniform(0, 6.28);
  const rim = Array.from({ length: corners + 1 }, (_, k) =>
    around(turn + ((k % corners) * 6.283) / corners, 22),
  );
  return random.chance(0.5) ? [rim] : [rim, [rim[0]!, rim[2]!]];
}

function star(random: Random): Path[] {
  const points = random.integer(5, 7);
  const inner = random.uniform(7, 12);
  return [
    Array.from({ length: 2 * points + 1 }, (_, k) => around((k * Math.PI) / points, k % 2 ? inner : 23)),
  ];
}

function cross(random: Random): Path[] {
  const turn = random.uniform(0, 1.6);
  const arms = random.integer(2, 4);
  return Array.from({ length: arms }, (_, k) => {
    const at = turn + (k * Math.PI) / arms;
    return [around(at, random.uniform(15, 23)), around(at + Math.PI, random.uniform(15, 23))];
  });
}

function hatch(random: Random): Path[] {
  const n = random.integer(3, 6);
  const lean = random.uniform(-12, 12);
  return Array.from({ length: n }, (_, k) => {
    const x = 16 + (32 * k) / (n - 1);
    return [
      [x + lean, 10 + random.normal() * 2],
      [x - lean, 54 + random.normal() * 2],
    ];
  });
}

function spiral(random: Random): Path[] {
  const rounds = random.uniform(2, 4);
  const n = 90;
  return [Array.from({ length: n }, (_, k) => around((k / n) * rounds * 6.283, 4 + (20 * k) / n))];
}

function dots(random: Random): Path[] {
  return Array.from({ length: random.integer(2, 7) }, () => {
    const [x, y] = [random.uniform(10, 54), random.uniform(10, 54)];
    return [
      [x, y],
      [x + random.normal() * 2, y + random.normal() * 2],
    ];
  });
}

function arrow(random: Random): Path[] {
  const turn = random.uniform(0, 6.28);
  const tip = around(turn, 22);
  return [
    [around(turn + Math.PI, 22), tip],
    [around(turn + 0.8, 12), tip, around(turn - 0.8, 12)],
  ];
}
