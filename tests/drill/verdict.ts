import { type Entry, GONE, type Sighting, type Span, type Spans, UNKNOWN } from './ledger.ts';

/** What no fault excuses. */
export const VIOLATIONS = ['lost', 'wrong', 'double', 'stuck', 'returned'] as const;
/** How a prediction may end: with its state, or removed for a reason that the service names. */
export const ENDS = [
  'kept',
  'deleted',
  'emptied',
  'emptied-unseen',
  'cut',
  'cut-changed',
  'dropped',
] as const;
export type Verdict = (typeof VIOLATIONS)[number] | (typeof ENDS)[number];

/** A response may arrive this long after what it says was true. */
const LATE_MS = 3_000;

/**
 * Judges a prediction once all faults are over and every channel was asked:
 *
 *   kept      one final state, the right one, and it is still there
 *   deleted   the client deleted it, and it is gone
 *   emptied   its right end was seen, and is gone with all that Redis held (emptied-unseen: before any end was seen)
 *   cut       gone: Redis had it for less than a second before a power cut (cut-changed: only its end, which is another one now)
 *   dropped   it had ended, and made room while Redis was full
 *
 *   lost      gone for no such reason, or the service denies that it ever had it
 *   wrong     a final state that cannot be right
 *   double    two different final states
 *   stuck     no final state
 *   returned  it was gone, and is there again
 */
export function judge(entry: Entry, spans: Spans): Verdict {
  const { seen, deletedAt } = entry;
  const ends = seen.filter(({ state }) => state !== GONE && state !== UNKNOWN);
  const isGone = seen.some(({ state }) => state === GONE);
  if (seen.some(({ state }) => state === UNKNOWN)) return 'lost';
  if (ends.some((end) => !isAllowed(entry, end, spans))) return 'wrong';
  const isCut = spans.cut.some((span) => isTouched(entry, span));
  if (new Set(ends.map(({ state }) => state)).size > 1) return isCut ? 'cut-changed' : 'double';
  const goneSince = Math.min(deletedAt ?? Number.POSITIVE_INFINITY, emptiedAt(entry, spans));
  if (ends.some(({ last }) => last > goneSince + LATE_MS)) return isCut ? 'cut-changed' : 'returned';
  if (deletedAt !== null) return 'deleted';
  if (!isGone) return ends.length > 0 ? 'kept' : 'stuck';
  if (spans.emptied.some(({ to }) => entry.beganAt <= to))
    return ends.length > 0 ? 'emptied' : 'emptied-unseen';
  if (isCut && spans.cut.some(({ from, to }) => entry.acceptedAt >= from && entry.beganAt <= to))
    return 'cut';
  return spans.full.some(({ to }) => entry.acceptedAt <= to) ? 'dropped' : 'lost';
}

function isAllowed(entry: Entry, { state }: Sighting, spans: Spans): boolean {
  if (entry.allowed.has(state)) return true;
  // Its image was written before Redis was emptied, and its job after.
  const isTorn = spans.emptied.some(({ from, to }) => entry.beganAt <= to && entry.acceptedAt >= from);
  return isTorn && state === 'failed upload-expired';
}

/** Since when all that Redis held of it must be gone; Infinity where nothing emptied Redis after its acceptance. */
function emptiedAt({ acceptedAt }: Entry, { emptied }: Spans): number {
  return emptied.find(({ from }) => acceptedAt < from)?.to ?? Number.POSITIVE_INFINITY;
}

/** Whether anything happened to it that Redis may have forgotten. */
function isTouched({ acceptedAt, beganAt, deletedAt, seen }: Entry, { from, to }: Span): boolean {
  const isIn = (at: number) => at >= from && at <= to;
  return (
    (acceptedAt >= from && beganAt <= to) ||
    seen.some(({ first }) => isIn(first)) ||
    (deletedAt !== null && isIn(deletedAt))
  );
}
