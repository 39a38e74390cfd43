import { UserError } from '@inkqueue/shared/node/user-error';

/** A row of a label table: an image, and what the pipeline should find on it. */
export interface LabelledImage {
  /** Relative to the table. */
  path: string;
  /** The digits that the image shows, lines separated by “-”; null where it shows none. */
  label: string | null;
  kind: string;
}

/** A row that cannot be measured. `detail` names its line. */
export interface MalformedRow {
  path: string;
  code: 'malformed-row';
  detail: string;
}

export interface LabelTable {
  images: LabelledImage[];
  malformed: MalformedRow[];
}

/** What a row's image shows, by its first folder. */
const ROLES = new Map([
  ['single', 'digit'],
  ['other', 'none'],
  ['multi', 'number'],
]);

/**
 * Reads a tab-separated table with the columns path, label and, where it has one, kind; other columns are ignored. A
 * table without a header line has them in that order. The path's first folder says what a row is: `single/` one digit,
 * `other/` no digit, `multi/` several digits, with “-” between lines. In other folders the label says it. A malformed
 * row is reported and left out.
 * @throws UserError where the header has no path or no label
 */
export function parseLabels(text: string): LabelTable {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const rows = lines
    .map((line, i) => ({ line: i + 1, cells: line.split('\t').map((cell) => cell.trim()) }))
    .filter(({ cells }) => cells.some((cell) => cell !== ''));
  const first = rows[0]?.cells ?? [];
  const header = first.includes('path') || first.includes('label') ? rows.shift()!.cells : undefined;
  const at = columnsOf(header ?? ['path', 'label', 'kind']);
  const table: LabelTable = { images: [], malformed: [] };
  for (const { line, cells } of rows) {
    const [path = '', label = '', kind = ''] = [cells[at.path], cells[at.label], cells[at.kind]];
    const role = ROLES.get(path.split('/')[0]!) ?? roleOfLabel(label);
    const wrong = path === '' ? 'it has no path' : whatIsWrong(label, role);
    if (wrong) table.malformed.push({ path, code: 'malformed-row', detail: `Line ${line}: ${wrong}.` });
    else table.images.push({ path, label: role === 'none' ? null : label, kind: kind || 'unknown' });
  }
  return table;
}

function columnsOf(names: string[]): { path: number; label: number; kind: number } {
  const at = { path: names.indexOf('path'), label: names.indexOf('label'), kind: names.indexOf('kind') };
  for (const name of ['path', 'label'] as const) {
    if (at[name] < 0) throw new UserError(`The table has no column “${name}”.`);
  }
  return at;
}

function roleOfLabel(label: string): string {
  if (label === '') return 'unknown';
  if (/^\d$/.test(label)) return 'digit';
  return isNumber(label) ? 'number' : 'none';
}

function whatIsWrong(label: string, role: string): string | null {
  if (role === 'none') return null;
  if (label === '') return 'it has no label';
  if (role === 'number') return isNumber(label) ? null : `“${label}” is not several digits`;
  return /^\d$/.test(label) ? null : `“${label}” is not a digit`;
}

/** Several digits, at least one on each line. */
function isNumber(label: string): boolean {
  return /^\d+(-\d+)*$/.test(label) && label.length > 1;
}
