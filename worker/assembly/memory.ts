/**
 * One block of memory for all pictures, one after the other: what is read, what it inflates to, and its grey. Nothing is allocated for a
 * picture, and nothing is left to collect.
 */

/** Most bytes of samples, with the filter byte in front of each row. */
export const INFLATED_MAX: i32 = 2_600_000;
/** Most bytes of deflated data: what cannot be compressed is stored, with five bytes for each 65,535. */
export const DEFLATED_MAX: i32 = INFLATED_MAX + 1_024;
/** Most pixels of grey. */
export const GREY_MAX: i32 = 520_000;
/** Loops write up to so many bytes further than they must, and read so many further. */
const SLACK: i32 = 64;

// After what the compiler itself lays into memory.
const base: usize = (__heap_base + 63) & ~63;
export const deflated: usize = base;
export const inflated: usize = deflated + DEFLATED_MAX + SLACK;
export const grey: usize = (inflated + INFLATED_MAX + SLACK + 63) & ~63;
const end: usize = grey + GREY_MAX + SLACK;

memory.grow(<i32>((end >> 16) + 1) - memory.size());
