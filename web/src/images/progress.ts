import type { PageImage } from '../state/page.ts';
import { isPending } from '../state/tracked-prediction.ts';

export interface Progress {
  all: number;
  /** Images whose prediction has ended, well or not. */
  done: number;
  /** Those of them that have no result. */
  failed: number;
  /** Whether any image is on its way to the api. */
  sending: boolean;
  /** Of upload and prediction together, 0…1: the upload is half of an image's way. */
  share: number;
}

/** The progress of all images. `uploaded` is the sent share of the upload under way. */
export function overallProgress(images: readonly PageImage[], uploaded: number): Progress {
  let done = 0;
  let failed = 0;
  let halves = 0;
  let sending = false;
  for (const { tracked } of images) {
    // An image that waits for its next try has not ended.
    if (!isPending(tracked) && !tracked.failure?.retryAt) {
      done += 1;
      if (tracked.failure) failed += 1;
      halves += 2;
    } else if (tracked.phase === 'sending') {
      sending = true;
      halves += uploaded;
    } else if (tracked.phase === 'following') halves += 1;
  }
  const all = images.length;
  return { all, done, failed, sending, share: all === 0 ? 0 : halves / (2 * all) };
}
