import { HEAD_BYTES, isReadByService, isSentAsItIs } from './as-it-is.ts';
import { elementBitmap } from './element-bitmap.ts';
import type { PreparingReply, PreparingRequest } from './protocol.ts';

/**
 * Makes of a file what is sent for it: upright, of at most 1,600 pixels or so, in a format that the service reads. The same file comes
 * back where it is small and the service reads its format, where the browser cannot decode it, or where encoding it gains nothing.
 */
export function createPrepareImage() {
  const pending = new Map<number, (blob: Blob | null) => void>();
  let worker: Worker | null = null;
  let count = 0;

  function start(): Worker {
    const started = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
    started.addEventListener('message', ({ data }: MessageEvent<PreparingReply>) => {
      pending.get(data.id)?.(data.blob);
      pending.delete(data.id);
    });
    // Its code could not be fetched, or a picture was too much for it: those in its hands go as they are, the next have a new one.
    started.addEventListener('error', () => {
      started.terminate();
      worker = null;
      for (const settle of pending.values()) settle(null);
      pending.clear();
    });
    return started;
  }

  function encoded(source: Blob | ImageBitmap): Promise<Blob | null> {
    worker ??= start();
    const request: PreparingRequest = { id: count++, source };
    const reply = new Promise<Blob | null>((resolve) => pending.set(request.id, resolve));
    worker.postMessage(request, source instanceof ImageBitmap ? [source] : []);
    return reply;
  }

  return async (file: File): Promise<File> => {
    const head = new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer());
    if (file.size === 0 || isSentAsItIs(file.size, head)) return file;
    let blob = await encoded(file);
    if (blob === null) {
      const bitmap = await elementBitmap(file);
      if (bitmap) blob = await encoded(bitmap);
    }
    if (blob === null || (isReadByService(head) && blob.size >= file.size)) return file;
    // Under its own name, by which people find it again; the service tells the format by the content.
    return new File([blob], file.name, { type: blob.type });
  };
}
export type PrepareImage = ReturnType<typeof createPrepareImage>;
