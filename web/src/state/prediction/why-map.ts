import type { PredictionExplanation } from '@inkqueue/shared/contracts/prediction';

/** What of the ink speaks for one digit, and what against it: from −1 to 1, 0 for nothing, row by row. */
export interface WhyMap {
  width: number;
  height: number;
  values: readonly number[];
}

/** A ninth of the picture, as people say where something is. */
export type Region = `${(typeof ROWS)[number]}-${(typeof COLUMNS)[number]}`;

const INT8_MAX = 127;
/** Less than a tenth of a cell as strong as any, or than a fifth of the strongest region, is not worth a word. */
const MENTIONED_MIN = 0.1;
const MENTIONED_SHARE = 0.2;
const ROWS = ['top', 'middle', 'bottom'] as const;
const COLUMNS = ['left', 'centre', 'right'] as const;
/** The strongest value of a weak map is drawn as strong as this share of the whole. */
const FULL_MIN = 0.25;

/** The map of `digit` for the digit at `index` of the text; null beyond those that the service explains. */
export function whyMapOf(explanation: PredictionExplanation, index: number, digit: number): WhyMap | null {
  const text = explanation.digits[index]?.values[digit];
  if (text === undefined) return null;
  const { width, height } = explanation;
  const bytes = Uint8Array.from(atob(text), (byte) => byte.charCodeAt(0));
  return { width, height, values: [...new Int8Array(bytes.buffer)].map((value) => value / INT8_MAX) };
}

/** In which ninth of the ink most speaks for the digit, and in which most against it; null where hardly anything does. */
export function strongest(map: WhyMap): { for: Region | null; against: Region | null } {
  const sums = sumsByRegion(map);
  const [most, least] = [Math.max(...sums.values()), Math.min(...sums.values())];
  const worth = Math.max(MENTIONED_MIN, MENTIONED_SHARE * Math.max(most, -least));
  const at = (sum: number) => [...sums].find(([, each]) => each === sum)?.[0] ?? null;
  return { for: most > worth ? at(most) : null, against: -least > worth ? at(least) : null };
}

/** The values as they are drawn: the strongest of a map is clearly visible, though another digit's map may have stronger ones. */
export function drawnValues({ values }: WhyMap): number[] {
  const full = Math.max(FULL_MIN, ...values.map(Math.abs));
  return values.map((value) => Math.sign(value) * Math.sqrt(Math.abs(value) / full));
}

/** The values of each ninth of the rectangle in which there are any. */
function sumsByRegion({ width, values }: WhyMap): Map<Region, number> {
  const cells = values.flatMap((value, cell) =>
    value === 0 ? [] : [{ value, x: cell % width, y: Math.floor(cell / width) }],
  );
  const third = (at: number, all: readonly number[]) => {
    const least = Math.min(...all);
    return Math.floor((3 * (at - least)) / (Math.max(...all) - least + 1)) as 0 | 1 | 2;
  };
  const [columns, rows] = [cells.map(({ x }) => x), cells.map(({ y }) => y)];
  const sums = new Map<Region, number>();
  for (const { value, x, y } of cells) {
    const region: Region = `${ROWS[third(y, rows)]}-${COLUMNS[third(x, columns)]}`;
    sums.set(region, (sums.get(region) ?? 0) + value);
  }
  return sums;
}
