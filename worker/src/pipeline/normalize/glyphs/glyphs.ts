import type { Expectation } from '@inkqueue/shared/contracts/prediction';
import type { Bitmap } from '../../bitmap.ts';
import type { Reading } from '../../reading.ts';
import type { Overview } from '../ink/overview.ts';
import type { StepObserver } from '../step-observer.ts';
import { eraseBoxes } from './boxes.ts';
import { dropBrackets } from './brackets.ts';
import { type Detail, leastFactor, type Page, takeDetail } from './detail.ts';
import { type Group, groupComponents } from './groups.ts';
import { toLine, toPieces } from './lattice.ts';
import { dropLines, dropMarks } from './marks.ts';
import { dropNeighbours, mostCentral } from './neighbours.ts';
import { toRows } from './rows.ts';
import { eraseStrikes } from './strikes.ts';
import { dropSurroundings, isNoSpeck } from './surroundings.ts';
import { measureWriting, type Writing } from './writing.ts';

/** What is wider than this, as a share of a digit's height, may be several digits that touch. */
const WIDTH_MIN = 0.78;
/** Digits lower than this, in pixels of the detail, are looked at again with all the pixels that there may be. */
const SMALL_HEIGHT = 32;
/** More components, or pieces, are no number: a page of text, say, would take long and be misread. */
const COMPONENTS_MAX = 256;
const STROKES_MAX = 1024;
const PIECES_MAX = 128;

/**
 * Finds the digits of a bitmap on which there is more than one digit alone.
 *
 * @returns null where there is nothing to read, or more than can be digits
 */
export function findGlyphs(
  bitmap: Bitmap,
  { overview, page, expect }: { overview: Overview; page: Page; expect: Expectation },
  observe: StepObserver,
): Reading | null {
  const coarse = takeWriting(bitmap, overview, page);
  // What the overview took for one digit may be many small ones.
  const isTooCoarse =
    coarse && coarse.writing.height < SMALL_HEIGHT && coarse.detail.factor > leastFactor(bitmap);
  const found = isTooCoarse ? takeWriting(bitmap, overview, { ...page, height: 0 }) : coarse;
  if (!found) return null;
  const { detail, struck, components, writing } = found;
  observe('detail', detail.ink, 255);
  const groups = dropMarks(groupComponents(components, detail, writing), writing);
  const rows = chooseRows(toRows(groups), detail, { writing, expect });
  const widthMin = expect === 'one' ? Infinity : WIDTH_MIN;
  const pieces = rows.map((row) => toPieces(row, { detail, writing, widthMin }));
  if (pieces.flat().length > PIECES_MAX) return null;
  const lines = pieces.map((row) => toLine(row, { detail, struck, writing })).filter((line) => line !== null);
  return lines.length > 0 ? { lines } : null;
}

/** A detail, with what of it may be digits, and how they are written: null where nothing may be, or far too much. */
function takeWriting(bitmap: Bitmap, overview: Overview, page: Page) {
  const taken = takeDetail(bitmap, overview, page);
  if (taken.components.filter(isNoSpeck).length > STROKES_MAX) return null;
  const { detail, struck } = eraseStrikes(eraseBoxes(taken));
  const components = dropLines(dropSurroundings(detail));
  if (components.length === 0 || components.length > COMPONENTS_MAX) return null;
  return { detail, struck, components, writing: measureWriting(components, detail) };
}

/** Which of the rows the client wants to have read. */
function chooseRows(
  rows: Group[][],
  detail: Detail,
  { writing, expect }: { writing: Writing; expect: Expectation },
): Group[][] {
  const bare = rows.map((row) => dropBrackets(row, detail));
  if (expect === 'many') return bare;
  const whole = dropNeighbours(bare, detail, writing);
  return expect === 'one' ? mostCentral(whole, detail) : whole;
}
