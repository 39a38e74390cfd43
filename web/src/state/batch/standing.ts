import type { FailureCode } from '../prediction/failure.ts';
import type { BatchItem, PageBatch, Reading } from './batch.ts';

/** Where a picture of a batch stands, for people: what they look for together has one name. */
export const STANDINGS = [
  'check',
  'no-digit',
  'no-picture',
  'failed',
  'unsent',
  'canceled',
  'read',
  'open',
] as const;
export type Standing = (typeof STANDINGS)[number];

const STANDING_OF_FAILURE: Partial<Record<FailureCode, Standing>> = {
  'no-ink': 'no-digit',
  'unsupported-format': 'no-picture',
  'unreadable-image': 'no-picture',
  'empty-file': 'no-picture',
  'unreadable-file': 'no-picture',
  'not-sent': 'unsent',
  'changed-file': 'unsent',
  canceled: 'canceled',
};

/** What was read of the picture, by the service or as it was kept here; null where nothing was. */
export function readingOf({ tracked, kept }: BatchItem): Reading | null {
  const { succeeded } = tracked;
  if (!succeeded) return kept;
  const { text, confidence, uncertain } = succeeded.result;
  return { id: succeeded.prediction.id, text, confidence, uncertain };
}

/** What the picture shows, as a person says or else as it was read: digits, empty for none; null where nobody knows. */
export function textOf(item: BatchItem): string | null {
  return item.byHand ?? readingOf(item)?.text ?? null;
}

/** Where the picture stands when nobody has looked at it: what a person says does not move it in the order. */
function standingUnseen(item: BatchItem): Standing {
  const reading = readingOf(item);
  if (reading) return reading.uncertain ? 'check' : 'read';
  const { failure } = item.tracked;
  // The page tries again by itself.
  if (!failure || failure.retryAt !== null) return 'open';
  return STANDING_OF_FAILURE[failure.code] ?? 'failed';
}

export function standingOf(item: BatchItem): Standing {
  return item.byHand === null ? standingUnseen(item) : 'read';
}

/** How many pictures stand where. */
export function countStandings(items: readonly BatchItem[]): Readonly<Record<Standing, number>> {
  const counts = Object.fromEntries(STANDINGS.map((standing) => [standing, 0])) as Record<Standing, number>;
  for (const item of items) counts[standingOf(item)] += 1;
  return counts;
}

/** Whether another try can help: the service has the picture, or this load of the page has its file. */
export function isItemRetryable({ tracked, thumbnail }: BatchItem): boolean {
  const { failure, accepted } = tracked;
  if (!failure?.retryable || failure.retryAt !== null) return false;
  return accepted === null ? thumbnail !== null : failure.code !== 'canceled';
}

/** Which pictures to show, and in which order. */
export interface Arrangement {
  /** Null for all. */
  standing: Standing | null;
  order: 'doubtful' | 'sent';
  /** Part of a name or of what was read. */
  query: string;
}

/** The pictures as arranged. Doubtful first: what a person must look at, the least sure before the others. */
export function arranged(batch: Pick<PageBatch, 'items'>, arrangement: Arrangement): readonly BatchItem[] {
  const { standing, order } = arrangement;
  const query = arrangement.query.trim().toLowerCase();
  const shown = batch.items.filter(
    (item) =>
      (standing === null || standingOf(item) === standing) &&
      (query === '' || item.name.toLowerCase().includes(query) || textOf(item)?.includes(query)),
  );
  return order === 'sent' ? shown : shown.toSorted(byDoubt);
}

function byDoubt(one: BatchItem, other: BatchItem): number {
  const apart = STANDINGS.indexOf(standingUnseen(one)) - STANDINGS.indexOf(standingUnseen(other));
  return apart || (readingOf(one)?.confidence ?? 0) - (readingOf(other)?.confidence ?? 0);
}
