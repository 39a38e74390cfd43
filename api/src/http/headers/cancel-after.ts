import { ProblemError } from '../../errors.ts';

const UNITS_MS = new Map([
  ['ms', 1],
  ['s', 1_000],
  ['m', 60_000],
  ['h', 3_600_000],
]);
const CANCEL_AFTER_MAX_MS = 24 * 3_600_000;

/** A duration: a number and its unit. */
export const CANCEL_AFTER = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/;

/**
 * How long after its acceptance a prediction is canceled, in whole milliseconds; null where the header is not there.
 * A number without a unit is refused: some APIs mean seconds by it, others milliseconds.
 *
 * @throws ProblemError invalid-request for anything but a duration above 0 and of at most 24 hours
 */
export function parseCancelAfter(header: string | undefined): number | null {
  if (header === undefined) return null;
  const [, amount, unit = ''] = CANCEL_AFTER.exec(header.trim()) ?? [];
  const exactMs = Number(amount) * (UNITS_MS.get(unit) ?? Number.NaN);
  const ms = Math.round(exactMs);
  // NaN, of a header that is no duration, fails here too.
  if (ms >= 1 && exactMs <= CANCEL_AFTER_MAX_MS) return ms;
  throw new ProblemError(
    'invalid-request',
    `The header Cancel-After “${header.slice(0, 40)}” is not a duration that is accepted. Send a number above 0 with its unit (ms, s, m or h), at most 24h: for example 500ms, 30s, 1.5m or 2h.`,
  );
}
