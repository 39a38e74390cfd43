import type { PrepareImage } from '../../prepare/prepare-image.ts';
import { IMAGE_MAX_BYTES } from '../../state/image-limit.ts';
import type { PageStore } from '../../state/page.ts';
import { NoImageError } from '../../state/prediction/failure.ts';
import { loadFile } from './load-file.ts';

export interface FileOfImage {
  key: string;
  file: File;
}

/**
 * What is sent for the file of an image. Where that is another picture than the file, the page shows it in the file's place, so that
 * boxes of digits lie where they belong, and large photos take no memory. @throws NoImageError when the file is too large or
 * cannot be read
 */
export function createLoadImage(store: PageStore, prepare: PrepareImage) {
  return async ({ key, file }: FileOfImage): Promise<File> => {
    const loaded = await loadFile(file);
    const sent = await prepare(loaded);
    if (IMAGE_MAX_BYTES !== null && sent.size > IMAGE_MAX_BYTES) throw new NoImageError('too-large');
    const { images, batches } = store.state();
    const shown = [...images, ...batches.flatMap(({ items }) => items)].find((image) => image.key === key);
    const thumbnail = shown?.thumbnail ?? null;
    if (sent !== loaded && thumbnail !== null) {
      store.dispatch({ type: 'image-prepared', key, thumbnail: URL.createObjectURL(sent) });
      URL.revokeObjectURL(thumbnail);
    }
    return sent;
  };
}
export type LoadImage = ReturnType<typeof createLoadImage>;
