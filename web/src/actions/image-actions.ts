import { IMAGES_MAX, type PageStore } from '../state/page.ts';
import { texts } from '../texts/texts.ts';
import type { BatchTracker, SentBatch } from './batch-tracker.ts';
import { loadFile } from './load-file.ts';
import type { PredictionTracker } from './prediction-tracker.ts';

/** More files than this at once are sent as a batch. */
const SINGLES_MAX = 5;

/** What people can do with images: a handful is sent one by one, more go in batches. */
export function createImageActions(store: PageStore, tracker: PredictionTracker, batches: BatchTracker) {
  /** Files of images that were sent in a batch, for another try of one alone. */
  const batched = new Map<string, File>();
  /** Different after each load of the page: images of earlier loads keep their keys. */
  const load = Date.now().toString(36);
  let count = 0;

  function sendAlone(key: string, file: File): void {
    void tracker.start({ key, image: () => loadFile(file) });
  }

  function forget(keys: ReadonlySet<string>): void {
    for (const { key, thumbnail } of store.state().images) {
      if (!keys.has(key)) continue;
      tracker.cancel(key);
      batched.delete(key);
      if (thumbnail !== null) URL.revokeObjectURL(thumbnail);
    }
    batches.cancel([...keys]);
  }

  return {
    addImages(files: readonly File[]): void {
      const taken = files.slice(0, IMAGES_MAX - store.state().images.length);
      const added = taken.map((file) => ({ key: `image-${load}-${count++}`, file }));
      const images = added.map(({ key, file }) => ({
        key,
        name: file.name || texts.pastedName,
        bytes: file.size,
        thumbnail: URL.createObjectURL(file),
      }));
      store.dispatch({ type: 'images-added', images, leftOut: files.length - taken.length });
      if (added.length <= SINGLES_MAX) {
        for (const { key, file } of added) sendAlone(key, file);
        return;
      }
      for (const { key, file } of added) batched.set(key, file);
      batches.start(added);
    },
    /** Follows again what was sent before the page was loaded again. */
    resumeImages(): void {
      const sent = new Map<string, SentBatch & { images: { key: string; index: number }[] }>();
      for (const { key, tracked } of store.state().images) {
        const { accepted } = tracked;
        if (accepted && 'batchId' in accepted) {
          const { batchId: id, total, index } = accepted;
          if (!sent.has(id)) sent.set(id, { id, total, images: [] });
          sent.get(id)!.images.push({ key, index });
        } else if (accepted) void tracker.start({ key, id: accepted.predictionId });
      }
      for (const batch of sent.values()) batches.resume(batch);
    },
    show: (key: string) => store.dispatch({ type: 'shown', key }),
    removeImage(key: string): void {
      forget(new Set([key]));
      store.dispatch({ type: 'image-removed', key });
    },
    removeAllImages(): void {
      forget(new Set(store.state().images.map(({ key }) => key)));
      store.dispatch({ type: 'images-cleared' });
    },
    /** Tries a failed image again, at once. */
    retryImage(key: string): void {
      const file = batched.get(key);
      if (!file) {
        tracker.retry(key);
        return;
      }
      // An image that failed for good within its batch is sent alone.
      if (batches.retry(key)) return;
      batched.delete(key);
      sendAlone(key, file);
    },
  };
}
