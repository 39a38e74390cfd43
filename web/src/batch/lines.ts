import { csvField, noFormula } from '@inkqueue/shared/contracts/csv';
import type { BatchItem } from '../state/batch/batch.ts';
import { readingOf, textOf } from '../state/batch/standing.ts';

/** Those of the service's CSV, and whether a person has set the text. */
const COLUMNS = [
  'filename',
  'id',
  'status',
  'digit',
  'text',
  'confidence',
  'uncertain',
  'error',
  'by_hand',
] as const;

/** As a file to be saved. */
export function csvFile(items: readonly BatchItem[]): Blob {
  // A mark at the beginning: without it Excel takes the bytes for another encoding than UTF-8.
  return new Blob(['\ufeff', toCsv(items)], { type: 'text/csv;charset=utf-8' });
}

/** All pictures as CSV: the service's columns, with what a person has set in place of what was read. */
export function toCsv(items: readonly BatchItem[]): string {
  const lines = items.map((item) => {
    const row = toRow(item);
    return COLUMNS.map((column) => csvField(row[column])).join(',');
  });
  return [COLUMNS.join(','), ...lines, ''].join('\r\n');
}

function toRow(item: BatchItem): Record<(typeof COLUMNS)[number], string | number | boolean | null> {
  const { prediction, failure } = item.tracked;
  const reading = readingOf(item);
  const text = textOf(item);
  const isByHand = item.byHand !== null;
  return {
    filename: item.name || null,
    id: reading?.id ?? prediction?.id ?? null,
    status: reading ? 'succeeded' : (prediction?.status ?? failure?.code ?? 'queued'),
    digit: text?.length === 1 ? Number(text) : null,
    text: text || null,
    confidence: reading?.confidence ?? null,
    uncertain: reading && (isByHand ? false : reading.uncertain),
    error: reading ? null : (failure?.code ?? null),
    by_hand: isByHand,
  };
}

/** Name and text of each picture, to be pasted into a spreadsheet. */
export function toTable(items: readonly BatchItem[]): string {
  const inCell = (text: string) => noFormula(text.replaceAll(/[\t\r\n]+/g, ' '));
  return items.map((item) => `${inCell(item.name)}\t${inCell(textOf(item) ?? '')}`).join('\n');
}
