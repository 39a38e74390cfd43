/** A body of at most this many bytes may use all of the memory, a larger one the rest: small ones always find room. */
const SMALL_BYTES = 65_536;
const LARGE_SHARE = 0.8;
/** A body is in memory twice: in the pieces that arrived, until they are collected, and as a whole. */
const COPIES = 2;

/** Who books memory. */
export interface Holder {
  /** Bytes that are booked for it. */
  booked: number;
  /** As the client announced the length; a body of unknown length is not small. */
  isSmall: boolean;
}

/** @param length as announced, in bytes; null where it is not known */
export const holder = (length: number | null): Holder => ({
  booked: 0,
  isSmall: length !== null && length <= SMALL_BYTES,
});

/** The one bound on memory of bodies over all requests of the process. What arrived counts, not what a client promised. */
export function createMemory({ maxBytes }: { maxBytes: number }) {
  const waiters = new Map<Holder, () => void>();
  let used = 0;
  /** The one that may go beyond the bound. */
  let privileged: Holder | null = null;

  function hasRoom(by: Holder, bytes: number): boolean {
    // A body that is alone here finds room whatever the bound: no other will make any.
    if (by === privileged || used === by.booked) return true;
    return used + COPIES * bytes <= (by.isSmall ? maxBytes : LARGE_SHARE * maxBytes);
  }

  /** Bodies that arrived in part would wait for each other for ever: the one that waits longest goes beyond the bound. */
  function privilegeOne(): void {
    if (privileged) return;
    for (const [by, retry] of waiters) {
      if (by.booked === 0) continue;
      privileged = by;
      retry();
      return;
    }
  }

  return {
    /** @returns false where there is no room for so many bytes more */
    book(by: Holder, bytes: number): boolean {
      if (!hasRoom(by, bytes)) return false;
      used += COPIES * bytes;
      by.booked += COPIES * bytes;
      return true;
    },
    release(by: Holder): void {
      if (by.booked === 0) return;
      used -= by.booked;
      by.booked = 0;
      if (by === privileged) privileged = null;
      for (const retry of [...waiters.values()]) retry();
      privilegeOne();
    },
    /** Calls `retry` whenever there may be room for more. */
    wait(by: Holder, retry: () => void): void {
      waiters.set(by, retry);
      privilegeOne();
    },
    endWait(by: Holder): void {
      waiters.delete(by);
    },
  };
}
