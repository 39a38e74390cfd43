import type { Picture } from '../state/page.ts';
import { isPending } from '../state/tracked-prediction.ts';

export interface Progress {
  all: number;
  /** Pictures that have ended, well or not. */
  done: number;
  /** Whether any is on its way to the api. */
  sending: boolean;
  /** Of upload and reading together, 0…1: half of a picture's way is the upload. */
  share: number;
}

/** How far all pictures are. `uploaded` is the share of the upload under way that is sent. */
export function overallProgress(pictures: readonly Picture[], uploaded: number): Progress {
  let done = 0;
  let halves = 0;
  let sending = false;
  for (const { reading } of pictures) {
    // One that waits for its next try has not ended.
    if (!isPending(reading) && !reading.failure?.retryAt) {
      done += 1;
      halves += 2;
    } else if (reading.phase === 'sending') {
      sending = true;
      halves += uploaded;
    } else if (reading.phase === 'following') halves += 1;
  }
  const all = pictures.length;
  return { all, done, sending, share: all === 0 ? 0 : halves / (2 * all) };
}
