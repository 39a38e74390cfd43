import { DIGIT_BOX, DIGIT_PATHS } from '@inkqueue/shared/drawing/digit-paths';

export type Point = readonly [x: number, y: number];

/** Every glyph is drawn in a box of this size. */
export const GLYPH_BOX = DIGIT_BOX;

/** Points of a curve, so many: enough at any size of a card. */
const CURVE_STEPS = 12;

const PATHS: Readonly<Record<string, string>> = {
  ...Object.fromEntries(DIGIT_PATHS.map((path, digit) => [String(digit), path])),
  '.': 'M50 128L50 130',
  '>': 'M20 45L80 75L20 105',
  '%': 'M82 22L18 118M26 22C14 22 14 50 26 50C38 50 38 22 26 22M74 90C62 90 62 118 74 118C86 118 86 90 74 90',
  '?': 'M18 40C20 20 32 10 50 10C70 10 82 22 82 40C82 64 50 66 50 94M50 128L50 130',
  '…': 'M14 128L14 130M50 128L50 130M86 128L86 130',
  ' ': '',
};

/** The lines of a character's glyph; none for a character without a glyph. */
export function glyphLines(character: string): Point[][] {
  const lines: Point[][] = [];
  const path = PATHS[character] ?? '';
  for (const [, command, numbers] of path.matchAll(/([MLCZ])([^MLCZ]*)/g)) {
    const values = [...numbers!.matchAll(/-?[\d.]+/g)].map(Number);
    const line = lines.at(-1) ?? [];
    if (command === 'M') lines.push([[values[0]!, values[1]!]]);
    else if (command === 'L') line.push([values[0]!, values[1]!]);
    else if (command === 'Z') line.push(line[0]!);
    else
      for (let at = 0; at < values.length; at += 6)
        line.push(...curve(line.at(-1)!, values.slice(at, at + 6)));
  }
  return lines;
}

/** A cubic Bézier curve without its first point. */
function curve([x0, y0]: Point, [x1, y1, x2, y2, x3, y3]: readonly number[]): Point[] {
  const at = (share: number, a: number, b: number, c: number, d: number) => {
    const rest = 1 - share;
    return rest ** 3 * a + 3 * rest ** 2 * share * b + 3 * rest * share ** 2 * c + share ** 3 * d;
  };
  return Array.from({ length: CURVE_STEPS }, (_, step) => {
    const share = (step + 1) / CURVE_STEPS;
    return [at(share, x0, x1!, x2!, x3!), at(share, y0, y1!, y2!, y3!)];
  });
}
