import type { Detail } from './detail.ts';
import type { Group } from './groups.ts';
import type { Writing } from './writing.ts';

/** What the picture's edge cuts off and of which less than this is left, as a share of a digit's height, is a neighbour's rest. */
const REST_WIDTH_MAX = 0.5;
const REST_HEIGHT_MAX = 0.7;
/** The one whole digit is meant alone where it lies this near to the middle, as a share of the picture's width. */
const CENTRAL_MAX = 0.15;

/** Whether the left or the right edge of the picture cuts a group off. */
function isCutOff({ left, right }: Group, { ink }: Detail): boolean {
  return left <= 0 || right >= ink.width;
}

function isCentral({ left, right }: Group, { ink }: Detail): boolean {
  return Math.abs((left + right) / 2 - ink.width / 2) < CENTRAL_MAX * ink.width;
}

/** Drops the rests of digits that the picture's edge cuts off beside the one whole digit, and of lines above and below. */
export function dropNeighbours(rows: readonly Group[][], detail: Detail, { height }: Writing): Group[][] {
  const whole = rows.flat().filter((group) => !isCutOff(group, detail));
  const isTheOne = whole.length === 1 && whole.every((group) => isCentral(group, detail));
  const isRest = (group: Group) => {
    const isLow = group.bottom - group.top < REST_HEIGHT_MAX * height;
    const cutsHeight = isLow && (group.top <= 0 || group.bottom >= detail.ink.height);
    const isNarrow = group.right - group.left < REST_WIDTH_MAX * height;
    const cutsWidth = isCutOff(group, detail) && (isTheOne || isNarrow);
    return cutsHeight || cutsWidth;
  };
  const kept = rows.map((row) => row.filter((group) => !isRest(group))).filter((row) => row.length > 0);
  return kept.length > 0 ? kept : [...rows];
}

/** The most central group of all rows, in a row of its own. */
export function mostCentral(rows: readonly Group[][], { ink }: Detail): Group[][] {
  const groups = rows.flat();
  const distance = ({ left, top, right, bottom }: Group) =>
    Math.hypot((left + right) / ink.width - 1, (top + bottom) / ink.height - 1);
  const [first] = groups.sort((a, b) => distance(a) - distance(b));
  return first ? [[first]] : [];
}
