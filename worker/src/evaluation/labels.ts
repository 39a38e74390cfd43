/** What a row of a label table asks of the pipeline: read one digit, or say that there is none. */
export interface LabelledPicture {
  /** Relative to the table. */
  path: string;
  /** Digit, or null for what is no digit. */
  digit: number | null;
  kind: string;
}

const roles = new Map([
  ['single', 'digit'],
  ['other', 'none'],
  ['multi', 'skip'],
]);

/**
 * Reads a tab-separated table with the columns path, label and, where it has one, kind; other columns are ignored. A
 * table without a header line has them in that order. The path's first folder says what a row is: `single/` one digit,
 * `other/` no digit, `multi/` several digits, which are skipped. In other folders the label says it.
 */
export function parseLabels(text: string): LabelledPicture[] {
  const rows = text
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')
    .map((line) => line.split('\t').map((cell) => cell.trim()));
  const header = rows[0]?.includes('path') ? rows.shift() : undefined;
  const columns = header ?? ['path', 'label', 'kind'];
  const at = {
    path: columns.indexOf('path'),
    label: columns.indexOf('label'),
    kind: columns.indexOf('kind'),
  };
  if (at.label < 0) throw new Error('The table has no column "label".');
  return rows.flatMap((row) => {
    const path = row[at.path] ?? '';
    const label = row[at.label] ?? '';
    const role = roles.get(path.split('/')[0]!) ?? roleOfLabel(label);
    if (role === 'skip' || (role === 'digit' && !/^\d$/.test(label))) return [];
    return [{ path, digit: role === 'digit' ? Number(label) : null, kind: row[at.kind] || 'unknown' }];
  });
}

function roleOfLabel(label: string): string {
  if (/^\d$/.test(label)) return 'digit';
  return /^[\d-]{2,}$/.test(label) ? 'skip' : 'none';
}
