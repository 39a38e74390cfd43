import { setFlagsFromString } from 'node:v8';

/** How far the heap may grow, in percent of what was alive after the last collection of all of it. */
const GROWTH_PERCENT = 200;

/**
 * Has V8 collect the whole heap less often. It counts the bytes of buffers towards the size at which it does: of 30 MB that live,
 * every second photograph that passed through called for a collection of 16 ms, and as much again on other threads. A process
 * of photographs takes 25 to 40 MB more. A small picture makes no difference (docs/decisions/006).
 */
export function growHeapFreely(): void {
  setFlagsFromString(`--heap-growing-percent=${GROWTH_PERCENT}`);
}
