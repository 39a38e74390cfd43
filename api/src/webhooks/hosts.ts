/** How long an attempt takes at a host of which nothing is known yet, in milliseconds. */
const FIRST_GUESS_MS = 250;
/** How much the last attempt counts for what the next ones are expected to take. */
const NEWEST_SHARE = 0.2;
/** A delivery that finds no place comes back after this at the least and at the most. */
const POSTPONE_MS = { min: 100, max: 300_000 };

interface Host {
  running: number;
  postponed: number;
  /** How long an attempt takes there. */
  attemptMs: number;
}

/**
 * Bounds how many attempts run to one host at once, so that a slow receiver leaves places to the others. Where a host has none, a
 * delivery comes back when its turn may have come, by how long attempts take there: however many wait, looking at them takes little.
 */
export function createHosts(options: { perHostMax: number }) {
  const { perHostMax } = options;
  const hosts = new Map<string, Host>();

  return {
    /** Takes a place. @param name of the host's network: all its names and ports share it @returns gives it back; or milliseconds until the delivery should come back */
    take(name: string): (() => void) | number {
      const host = hosts.get(name) ?? { running: 0, postponed: 0, attemptMs: FIRST_GUESS_MS };
      hosts.set(name, host);
      if (host.running < perHostMax) {
        host.running++;
        const start = performance.now();
        return () => {
          host.running--;
          host.attemptMs += NEWEST_SHARE * (performance.now() - start - host.attemptMs);
          forget(name);
        };
      }
      host.postponed++;
      const turnMs = (host.postponed * host.attemptMs) / perHostMax;
      const ms = Math.round(Math.min(POSTPONE_MS.min + turnMs, POSTPONE_MS.max));
      setTimeout(() => {
        host.postponed--;
        forget(name);
      }, ms).unref();
      return ms;
    },
  };

  function forget(name: string): void {
    const host = hosts.get(name);
    if (host?.running === 0 && host.postponed === 0) hosts.delete(name);
  }
}
