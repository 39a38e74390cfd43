import { csvField } from '@inkqueue/shared/contracts/csv';
import type { Prediction } from '@inkqueue/shared/contracts/prediction';

/** One picture of a batch; its prediction is null once it is no longer kept. */
export interface BatchEntry {
  id: string;
  filename: string | null;
  prediction: Prediction | null;
}

type Value = string | number | boolean | null;

const COLUMNS = ['filename', 'id', 'status', 'digit', 'text', 'confidence', 'uncertain', 'error'] as const;

function toRow({ id, filename, prediction }: BatchEntry): Record<(typeof COLUMNS)[number], Value> {
  const result = prediction?.result;
  return {
    filename,
    id,
    status: prediction ? prediction.status : 'expired',
    digit: result?.predicted_digit ?? null,
    text: result?.text ?? null,
    confidence: result?.confidence ?? null,
    uncertain: result?.uncertain ?? null,
    error: prediction?.error?.code ?? null,
  };
}

/** The first line of the CSV file, with its line end. */
export const csvHeader = `${COLUMNS.join(',')}\r\n`;

/** A line of CSV (RFC 4180) with its line end; what an entry doesn't have is an empty field. */
export function toCsvLine(entry: BatchEntry): string {
  const row = toRow(entry);
  return `${COLUMNS.map((column) => csvField(row[column])).join(',')}\r\n`;
}

/** A JSON object with its line end; what an entry doesn't have is null. */
export function toNdjsonLine(entry: BatchEntry): string {
  // JSON allows these as they are, and some readers end a line at them (Python's splitlines).
  const json = JSON.stringify(toRow(entry)).replace(
    /[\u007f-\u009f\u2028\u2029]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return `${json}\n`;
}
