import type { Detail } from './detail.ts';
import type { Group } from './groups.ts';

/** A bracket is at least this high, as a share of what it encloses, … */
const HEIGHT_MIN = 0.9;
/** … and at most this wide, as a share of its own height. */
const WIDTH_MAX = 0.5;
/** Its middle lies this far outside the line between its ends, as a share of its height. */
const BOW_MIN = 0.028;
/** The ends and the middle, as shares of the height. */
const PART = 0.06;
/** Its ends are about equally wide. */
const UNEVEN_MAX = 2.5;
/** A pair is about equally high. */
const PAIR_MIN = 0.7;
/** A stroke alone fills its rows in one run: this share of them. */
const ONE_RUN_MIN = 0.9;

/** Drops a pair of brackets, round or square, at the ends of a line. */
export function dropBrackets(row: readonly Group[], detail: Detail): Group[] {
  const [first, ...rest] = row;
  const last = rest.pop();
  if (!first || !last || rest.length === 0) return [...row];
  const height = Math.max(...rest.map(heightOf));
  const isPair =
    heightOf(first) > HEIGHT_MIN * height &&
    heightOf(last) > HEIGHT_MIN * height &&
    Math.min(heightOf(first), heightOf(last)) > PAIR_MIN * Math.max(heightOf(first), heightOf(last)) &&
    bow(first, detail) < -BOW_MIN &&
    bow(last, detail) > BOW_MIN;
  return isPair ? rest : [...row];
}

const heightOf = ({ top, bottom }: Group) => bottom - top;

/** How far the middle of a single narrow stroke lies to the right of the line between its ends, as a share of its height; 0 for anything else. */
function bow(group: Group, { labels, ink, components }: Detail): number {
  const height = heightOf(group);
  if (group.right - group.left > WIDTH_MAX * height) return 0;
  const isOurs = new Uint8Array(components.length + 1);
  for (const { label } of group.components) isOurs[label] = 1;
  const middles: number[] = [];
  const widths: number[] = [];
  let single = 0;
  for (let y = group.top; y < group.bottom; y++) {
    let [sum, count, runs] = [0, 0, 0];
    for (let x = group.left, before = 0; x < group.right; x++) {
      const here = isOurs[labels[y * ink.width + x]];
      if (here === 1) {
        sum += x;
        count++;
        if (before === 0) runs++;
      }
      before = here;
    }
    if (runs <= 1) single++;
    middles.push(count > 0 ? sum / count : (group.left + group.right) / 2);
    widths.push(count);
  }
  if (single < ONE_RUN_MIN * height) return 0;
  const part = Math.max(1, Math.round(PART * height));
  const mean = (from: number, of = middles) => of.slice(from, from + part).reduce((a, b) => a + b, 0) / part;
  // A 7 has a bar at one end; a square bracket has one at both.
  const [upper, lower] = [mean(0, widths), mean(height - part, widths)];
  if (Math.max(upper, lower) > UNEVEN_MAX * Math.min(upper, lower)) return 0;
  const ends = (mean(0) + mean(middles.length - part)) / 2;
  const middle = mean(Math.floor((middles.length - part) / 2));
  const [top, bottom] = [mean(0) - middle, mean(middles.length - part) - middle];
  // The bend of a 7 or a 4 lies to one side of both ends only where both ends turn the same way.
  return Math.sign(top) === Math.sign(bottom) ? (middle - ends) / height : 0;
}
