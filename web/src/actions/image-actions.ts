import { RequestFailure } from '../api/request-failure.ts';
import type { PageAction, PageState } from '../state/page.ts';
import type { Store } from '../state/store.ts';
import { texts } from '../texts/texts.ts';
import type { BatchReader } from './batch-tracker.ts';
import type { Reader } from './prediction-tracker.ts';
import { isReadable, unreadableFile } from './readable-file.ts';

/** More files than this at once are sent together. */
const SINGLE_MAX = 5;
/** Most pictures on the page: beyond it neither people nor browsers find anything. */
export const PICTURES_MAX = 1000;

export interface PictureActions {
  addPictures: (files: readonly File[]) => void;
  show: (key: string) => void;
  removePicture: (key: string) => void;
  removeAllPictures: () => void;
  /** Tries a failed picture again, at once. */
  retryPicture: (key: string) => void;
}

/** What people can do with pictures: a handful is sent one by one, more go in batches. */
export function createPictureActions(
  store: Store<PageState, PageAction>,
  reader: Reader,
  batches: BatchReader,
): PictureActions {
  /** Files of pictures that went in a batch, for another try of one alone. */
  const batched = new Map<string, File>();
  let count = 0;

  function readAlone(key: string, file: File): void {
    void reader.read({
      key,
      async picture() {
        if (await isReadable(file)) return file;
        throw new RequestFailure(unreadableFile);
      },
    });
  }

  function forget(keys: ReadonlySet<string>): void {
    for (const { key, preview } of store.state().pictures) {
      if (!keys.has(key)) continue;
      reader.drop(key);
      batched.delete(key);
      URL.revokeObjectURL(preview);
    }
    batches.drop([...keys]);
  }

  return {
    addPictures(files) {
      const taken = files.slice(0, PICTURES_MAX - store.state().pictures.length);
      const added = taken.map((file) => ({ key: `picture-${count++}`, file }));
      const pictures = added.map(({ key, file }) => ({
        key,
        name: file.name || texts.pastedName,
        bytes: file.size,
        preview: URL.createObjectURL(file),
      }));
      store.dispatch({ type: 'pictures-added', pictures, leftOut: files.length - taken.length });
      if (added.length <= SINGLE_MAX) {
        for (const { key, file } of added) readAlone(key, file);
        return;
      }
      for (const { key, file } of added) batched.set(key, file);
      batches.read(added);
    },
    show: (key) => store.dispatch({ type: 'shown', key }),
    removePicture(key) {
      forget(new Set([key]));
      store.dispatch({ type: 'picture-removed', key });
    },
    removeAllPictures() {
      forget(new Set(store.state().pictures.map((picture) => picture.key)));
      store.dispatch({ type: 'pictures-cleared' });
    },
    retryPicture(key) {
      const file = batched.get(key);
      if (!file) return reader.retry(key);
      // What failed for good within its batch is tried on its own.
      if (batches.retry(key)) return;
      batched.delete(key);
      readAlone(key, file);
    },
  };
}
