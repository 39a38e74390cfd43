import type { Clock } from './clock.ts';

interface Work {
  left: number;
  done: () => void;
}

/** How long a process runs while others wait for a core, in microseconds. */
const SLICE_US = 1_000;

export type Cores = ReturnType<typeof createCores>;

/**
 * The cores of one machine. Work waits for a free one in its order, and gives way to what waits after a slice, as a fair scheduler of
 * an operating system has it.
 */
export function createCores(clock: Clock, count: number, sliceUs = SLICE_US) {
  const waiting: Work[] = [];
  let free = count;
  let busyUs = 0;

  function runNext(): void {
    const work = waiting.shift();
    if (!work) {
      free++;
      return;
    }
    const slice = Math.min(work.left, sliceUs);
    work.left -= slice;
    clock.after(slice, () => {
      busyUs += slice;
      if (work.left > 0) waiting.push(work);
      else work.done();
      runNext();
    });
  }

  return {
    /** Runs work of so many microseconds of CPU on one core. */
    run(microseconds: number, done: () => void): void {
      waiting.push({ left: microseconds, done });
      if (free === 0) return;
      free--;
      runNext();
    },
    /** Core time used so far. */
    busyUs: () => busyUs,
  };
}
