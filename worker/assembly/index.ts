/** Small PNGs: inflate, unfilter, and grey where the picture has no colours, in one block of memory. See memory.ts. */

export { toGrey } from './grey';
export { inflate } from './inflate';
export { DEFLATED_MAX, deflated, GREY_MAX, grey, INFLATED_MAX, inflated } from './memory';
export { unfilter } from './unfilter';
