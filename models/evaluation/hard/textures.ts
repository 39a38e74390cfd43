import type { Random } from '../../training/examples/random.ts';
import type { Colour } from './photo.ts';

/** The colour of each pixel of a surface. */
export type Texture = (x: number, y: number) => Colour;

/** A dark colour: grey, brown or bluish. */
export function chooseTone(random: Random): Colour {
  const level = random.uniform(32, 85);
  return random.pick([
    [level, level, level + 3],
    [level * 1.15, level * 0.85, level * 0.62],
    [level * 0.85, level * 0.95, level * 1.1],
  ]);
}

/** A dark desk: soft spots, and a fibre of fine streaks in one direction. */
export function deskTexture(tone: Colour, random: Random): Texture {
  const spots = waves(0.01, 0.05, random);
  const fibre = random.uniform(2, 8);
  const across = random.chance(0.5);
  const streaks = Array.from({ length: 512 }, () => random.normal());
  return (x, y) => {
    const at = (across ? y + 3 * Math.sin(x / 60) : x + 3 * Math.sin(y / 60)) + 8;
    const i = Math.floor(at);
    const streak = streaks[i & 511]! + (streaks[(i + 1) & 511]! - streaks[i & 511]!) * (at - i);
    const change = 5 * spots(x, y) + fibre * 0.6 * streak;
    return [tone[0] + change, tone[1] + change, tone[2] + change];
  };
}

/** Brown wood: rings of light and dark along the grain, and fine pores. */
export function woodTexture(random: Random): Texture {
  const level = random.uniform(0.7, 1.15);
  const bend = waves(0.004, 0.015, random);
  const period = random.uniform(10, 28);
  const upright = random.chance(0.5);
  const pores = Array.from({ length: 1024 }, () => random.normal());
  return (x, y) => {
    const [along, across] = upright ? [y, x] : [x, y];
    const ring = Math.sin(((across + 14 * bend(along * 0.25, across)) / period) * 2 * Math.PI);
    const pore = pores[(Math.floor(across + 2 * bend(along, 0)) * 7 + (Math.floor(along / 40) % 3)) & 1023]!;
    const change = 12 * ring + 5 * pore;
    return [(138 + change) * level, (92 + change * 0.8) * level, (56 + change * 0.6) * level];
  };
}

/** A soft field of about -1…1; its waves have from `low` to `high` periods for each 2π pixels. */
function waves(low: number, high: number, random: Random): (x: number, y: number) => number {
  const parts = Array.from({ length: 5 }, () => {
    const turn = random.uniform(0, 2 * Math.PI);
    const rate = random.uniform(low, high);
    return { x: Math.cos(turn) * rate, y: Math.sin(turn) * rate, start: random.uniform(0, 2 * Math.PI) };
  });
  return (x, y) => parts.reduce((sum, part) => sum + Math.sin(part.x * x + part.y * y + part.start), 0) / 3;
}
