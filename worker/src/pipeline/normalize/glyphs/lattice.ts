import type { Candidate, Line } from '../../reading.ts';
import { isCutByEdge } from '../ink/cut-by-edge.ts';
import { overlap, type Region } from '../raster/region.ts';
import { cutOut, type Span } from './cut-out.ts';
import { type Cut, findCuts } from './cuts.ts';
import type { Detail } from './detail.ts';
import type { Group } from './groups.ts';
import type { Writing } from './writing.ts';

/** A candidate is at most this wide, as a share of a digit's height. */
const WIDTH_MAX = 1.35;
/** One that hangs together is at most this wide, as a share of its own height. */
const WHOLE_WIDTH_MAX = 2;
/** Groups this near, as a share of the height, may be parts of one digit. */
const PARTS_GAP_MAX = 0.15;

/** What a side that is a cut costs, and a part that is joined, as negative logarithms of probabilities. */
const CUT_COST = 0.15;
const JOIN_COST = 0.5;
/** Parts that hardly lie apart cost this share of it at least. */
const JOIN_SHARE_MIN = 0.2;

/** A cut through ink is rarer than none, and so are parts of a digit that lie apart. */
function costOf({ groups, left, right }: Span, { height }: Writing): number {
  let cost = CUT_COST * ((left ? 1 : 0) + (right ? 1 : 0));
  for (const [i, group] of groups.entries()) {
    if (i === 0) continue;
    const gap = (group.from - groups[i - 1]!.to) / (PARTS_GAP_MAX * height);
    cost += JOIN_COST * Math.max(JOIN_SHARE_MIN, gap);
  }
  return cost;
}

/** One piece of a line: a group, or what of one lies between two cuts. */
export interface Piece {
  group: Group;
  left: Cut | null;
  right: Cut | null;
  from: number;
  to: number;
}

/**
 * The pieces of a row.
 *
 * @param options.widthMin what is wider, as a share of a digit's height, is cut
 */
export function toPieces(
  row: readonly Group[],
  { detail, writing, widthMin }: { detail: Detail; writing: Writing; widthMin: number },
): Piece[] {
  return row.flatMap((group) => {
    const isWide = group.to - group.from >= widthMin * writing.height;
    const cuts = isWide ? findCuts(group, detail, writing) : [];
    const foot = (group.top + group.bottom) / 2 - detail.ink.height;
    const at = ({ x, lean }: Cut) => x + (writing.slant - lean) * foot;
    return [null, ...cuts].map((left, i) => {
      const right = cuts[i] ?? null;
      return { group, left, right, from: left ? at(left) : group.from, to: right ? at(right) : group.to };
    });
  });
}

/**
 * All ways in which the pieces of a row may be digits, each candidate cut out; null where none holds ink.
 *
 * @param options.struck where something was struck through
 */
export function toLine(
  pieces: readonly Piece[],
  { detail, struck, writing }: { detail: Detail; struck: readonly Region[]; writing: Writing },
): Line | null {
  const candidates: Candidate[] = [];
  for (const [from, first] of pieces.entries()) {
    for (let to = from + 1; to <= pieces.length; to++) {
      if (pieces[to - 1]!.from - first.from > reachOf(first, writing)) break;
      if (to > from + 1 && !mayBeOne(pieces.slice(from, to), writing)) continue;
      const span = spanOf(pieces.slice(from, to));
      const glyph = cutOut(span, detail);
      const isDoubtful = span.groups.some(
        (group) => isCutByEdge(group, detail.ink) || struck.some((region) => overlap(group, region)),
      );
      if (glyph) candidates.push({ from, to, cost: costOf(span, writing), isDoubtful, ...glyph });
    }
  }
  return candidates.length > 0 ? { pieces: pieces.length, candidates } : null;
}

/** How far a candidate may reach that begins with a piece. */
function reachOf({ group }: Piece, { height }: Writing): number {
  return Math.max(WIDTH_MAX * height, WHOLE_WIDTH_MAX * (group.bottom - group.top));
}

/** Whether consecutive pieces may be one digit: near enough, and no wider than a digit. */
function mayBeOne(pieces: readonly Piece[], { height }: Writing): boolean {
  const [first, last] = [pieces[0]!, pieces.at(-1)!];
  const { group } = first;
  if (first.left === null && last.right === null && last.group === group) {
    // All of what hangs together may be one digit, however wide.
    return last.to - first.from <= WHOLE_WIDTH_MAX * Math.max(1, group.bottom - group.top);
  }
  if (last.to - first.from > WIDTH_MAX * height) return false;
  return pieces.every((piece, i) => i === 0 || piece.from - pieces[i - 1]!.to <= PARTS_GAP_MAX * height);
}

function spanOf(pieces: readonly Piece[]): Span {
  const groups = [...new Set(pieces.map(({ group }) => group))];
  return { groups, left: pieces[0]!.left, right: pieces.at(-1)!.right };
}
