import { isPending, type TrackedPrediction, type Upload } from './tracked-prediction.ts';

export interface Progress {
  all: number;
  /** Images whose prediction has ended, well or not. */
  done: number;
  /** Those of them that have no result. */
  failed: number;
  /** What is on its way to the api; null where nothing is, or nothing that is large enough to tell of. */
  upload: Upload | null;
  /** Of upload and prediction together, 0…1: the upload is half of an image's way. */
  share: number;
}

/** The progress of all images together. Those that are sent in one request share one upload. */
export function overallProgress(images: readonly { tracked: TrackedPrediction }[]): Progress {
  const uploads = new Set<Upload>();
  let done = 0;
  let failed = 0;
  let halves = 0;
  for (const { tracked } of images) {
    // An image that waits for its next try has not ended.
    if (!isPending(tracked) && !tracked.failure?.retryAt) {
      done += 1;
      if (tracked.failure) failed += 1;
      halves += 2;
    } else if (tracked.phase === 'sending') {
      const { upload } = tracked;
      if (!upload) continue;
      uploads.add(upload);
      halves += upload.sent / Math.max(1, upload.total);
    } else if (tracked.phase === 'following') halves += 1;
  }
  const all = images.length;
  return { all, done, failed, upload: sum(uploads), share: all === 0 ? 0 : halves / (2 * all) };
}

function sum(uploads: ReadonlySet<Upload>): Upload | null {
  if (uploads.size === 0) return null;
  const all = { sent: 0, total: 0 };
  for (const { sent, total } of uploads) {
    all.sent += sent;
    all.total += total;
  }
  return all;
}
