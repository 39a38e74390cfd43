import { IMAGES_MAX, type ImageOrigin, type NoticeCode, type PageStore } from '../state/page.ts';
import { texts } from '../texts/texts.ts';
import type { LoadImage } from './sending/load-image.ts';
import type { ImageRequest, PredictionTracker } from './sending/prediction-tracker.ts';

/** More files than this at once are a batch, which has a place of its own. */
export const SINGLES_MAX = 5;

/** What people can do with a handful of images, which stand beside the drawing and are sent one by one. */
export function createImageActions(options: {
  store: PageStore;
  tracker: PredictionTracker;
  load: LoadImage;
  /** Takes more images than a handful. */
  addBatch: (files: readonly File[]) => void;
}) {
  const { store, tracker, load, addBatch } = options;
  /** Different after each load of the page: images of earlier loads keep their keys. */
  const since = Date.now().toString(36);
  let count = 0;

  function forget(keys: ReadonlySet<string>): void {
    for (const { key, thumbnail } of store.state().images) {
      if (!keys.has(key)) continue;
      tracker.cancel(key);
      if (thumbnail !== null) URL.revokeObjectURL(thumbnail);
    }
  }

  return {
    addImages(files: readonly File[], origin: ImageOrigin): void {
      if (files.length > SINGLES_MAX) {
        addBatch(files);
        return;
      }
      const taken = files.slice(0, IMAGES_MAX - store.state().images.length);
      const added = taken.map((file) => ({ key: `image-${since}-${count++}`, file }));
      const images = added.map(({ key, file }) => ({
        key,
        name: file.name || texts.pastedName,
        origin,
        thumbnail: URL.createObjectURL(file),
      }));
      store.dispatch({ type: 'images-added', images, leftOut: files.length - taken.length });
      for (const { key, file } of added) void tracker.start({ key, image: () => load({ key, file }) });
    },
    /** Has a worker fetch the picture at an address, where the service does that. */
    addAddress(address: string): void {
      const key = `image-${since}-${count++}`;
      const { hostname, pathname } = new URL(address);
      const name = pathname.split('/').at(-1) || hostname;
      const image = { key, name, origin: 'address', thumbnail: null } as const;
      store.dispatch({ type: 'images-added', images: [image], leftOut: 0 });
      void tracker.start({ key, image: async () => ({ address }) });
    },
    notice: (code: NoticeCode | null) => store.dispatch({ type: 'noticed', code }),
    /** Follows again what was sent before the page was loaded again. */
    resumeImages(): void {
      for (const { key, tracked } of store.state().images) {
        const { accepted } = tracked;
        if (accepted && 'predictionId' in accepted) void tracker.start({ key, id: accepted.predictionId });
      }
    },
    /** An image as it was sent; null where the page does not have it. */
    imageOf: (key: string): ImageRequest['image'] | null => tracker.imageOf(key),
    show: (key: string) => store.dispatch({ type: 'shown', key }),
    removeImage(key: string): void {
      forget(new Set([key]));
      store.dispatch({ type: 'image-removed', key });
    },
    removeAllImages(): void {
      forget(new Set(store.state().images.map(({ key }) => key)));
      store.dispatch({ type: 'images-cleared' });
    },
  };
}
