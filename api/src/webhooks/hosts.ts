/** The least that a delivery waits whose host has no place free. */
const POSTPONE_MIN_MS = 500;
/** Deliveries to one host that come back within a second: however many wait, looking at them takes little. */
const COME_BACK_PER_SECOND = 100;

/**
 * Bounds how many attempts run to one host at once, so that a slow receiver leaves places to the others. Where a host has none, a
 * delivery comes back after a while; the more there are, the later.
 */
export function createHosts(options: { perHostMax: number }) {
  const { perHostMax } = options;
  const hosts = new Map<string, { running: number; postponed: number }>();

  return {
    /** Takes a place. @returns gives it back; or milliseconds until the delivery should come back */
    take(host: string): (() => void) | number {
      const entry = hosts.get(host) ?? { running: 0, postponed: 0 };
      hosts.set(host, entry);
      if (entry.running < perHostMax) {
        entry.running++;
        return () => {
          entry.running--;
          forget(host);
        };
      }
      entry.postponed++;
      const ms = POSTPONE_MIN_MS + (1_000 * entry.postponed) / COME_BACK_PER_SECOND;
      setTimeout(() => {
        entry.postponed--;
        forget(host);
      }, ms).unref();
      return ms;
    },
  };

  function forget(host: string): void {
    const entry = hosts.get(host);
    if (entry?.running === 0 && entry.postponed === 0) hosts.delete(host);
  }
}
