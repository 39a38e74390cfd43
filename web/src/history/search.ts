import type { BatchRecord } from '../state/batch/record.ts';
import type { HistoryEntry } from '../state/history-entry.ts';
import { texts } from '../texts/texts.ts';

/** What the entry comes from: its file's name, or that it was a drawing. */
export function sourceName({ source }: HistoryEntry): string {
  return source.kind === 'file' ? source.name : texts.history.drawing;
}

/** The entries whose number or name contains `query`, ignoring case. */
export function searchHistory(entries: readonly HistoryEntry[], query: string): readonly HistoryEntry[] {
  const wanted = query.trim().toLowerCase();
  if (wanted === '') return entries;
  return entries.filter(
    (entry) =>
      texts.inOneLine(entry.text).includes(wanted) || sourceName(entry).toLowerCase().includes(wanted),
  );
}

/** The batches of which a file's name, or what was read of it, contains `query`, ignoring case. */
export function searchBatches(records: readonly BatchRecord[], query: string): readonly BatchRecord[] {
  const wanted = query.trim().toLowerCase();
  if (wanted === '') return records;
  return records.filter(({ items }) =>
    items.some(
      ({ name, read, byHand }) =>
        name.toLowerCase().includes(wanted) || (byHand ?? read?.text)?.includes(wanted) === true,
    ),
  );
}
