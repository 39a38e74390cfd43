import type { Context } from 'koa';
import type { parsePrefer } from '../http/headers/prefer.ts';

/** How long a request waits for the end of a prediction, in milliseconds: as it prefers, and at most `maxMs`. */
export function preferredWait(
  { respondAsync, waitS }: ReturnType<typeof parsePrefer>,
  { defaultMs, maxMs }: { defaultMs: number; maxMs: number },
): number {
  if (waitS !== null) return Math.min(waitS * 1_000, maxMs);
  return respondAsync ? 0 : defaultMs;
}

/** Says in the response which preferences of the request were honoured. */
export function applyPreferences(
  ctx: Context,
  { respondAsync, waitS }: ReturnType<typeof parsePrefer>,
  { waitMs, isPending }: { waitMs: number; isPending: boolean },
): void {
  const applied = [];
  if (respondAsync && isPending) applied.push('respond-async');
  if (waitS !== null) applied.push(`wait=${waitMs / 1_000}`);
  if (applied.length > 0) ctx.set('Preference-Applied', applied.join(', '));
}

/** Says that another preference may have another response. */
export function varyByPreference(ctx: Context): void {
  // Koa's own takes the header apart, which most responses do not have yet.
  if (ctx.res.hasHeader('Vary')) ctx.vary('Prefer');
  else ctx.res.setHeader('Vary', 'Prefer');
}
