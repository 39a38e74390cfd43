import { DIGITS_MAX, type Expectation } from '@inkqueue/shared/contracts/prediction';
import type { Bitmap } from '../../bitmap.ts';
import type { Reading } from '../../reading.ts';
import type { Overview } from '../ink/overview.ts';
import type { StepObserver } from '../step-observer.ts';
import { dropBrackets } from './brackets.ts';
import { type Detail, type Page, takeDetail } from './detail.ts';
import { type Group, groupComponents } from './groups.ts';
import { toLine, toPieces } from './lattice.ts';
import { dropLines, dropMarks } from './marks.ts';
import { dropNeighbours, mostCentral } from './neighbours.ts';
import { toRows } from './rows.ts';
import { eraseStrikes } from './strikes.ts';
import { dropSurroundings } from './surroundings.ts';
import { measureWriting, type Writing } from './writing.ts';

/** What is wider than this, as a share of a digit's height, may be several digits that touch. */
const WIDTH_MIN = 0.78;
/** More components, or pieces, are no number: a page of text, say, would take long and be misread. */
const COMPONENTS_MAX = 256;
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
  const { detail, struck } = eraseStrikes(takeDetail(bitmap, overview, page));
  observe('detail', detail.ink, 255);
  const components = dropLines(dropSurroundings(detail));
  if (components.length === 0 || components.length > COMPONENTS_MAX) return null;
  const writing = measureWriting(components, detail);
  const groups = dropMarks(groupComponents(components, detail, writing), writing);
  const rows = chooseRows(toRows(groups), detail, { writing, expect });
  if (rows.flat().length > DIGITS_MAX) return null;
  const widthMin = expect === 'one' ? Infinity : WIDTH_MIN;
  const pieces = rows.map((row) => toPieces(row, { detail, writing, widthMin }));
  if (pieces.flat().length > PIECES_MAX) return null;
  const lines = pieces.map((row) => toLine(row, { detail, struck, writing })).filter((line) => line !== null);
  return lines.length > 0 ? { lines } : null;
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
