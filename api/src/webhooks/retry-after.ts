const SECONDS = /^\d{1,9}$/;

/** What `Retry-After` asks for, in milliseconds from `now` on; undefined where it is absent or says nothing. */
export function retryAfterMs(value: string | undefined, now: number): number | undefined {
  if (value === undefined) return undefined;
  const ms = SECONDS.test(value.trim()) ? Number(value) * 1_000 : Date.parse(value) - now;
  return ms > 0 ? ms : undefined;
}
