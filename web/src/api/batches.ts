import { batch, batchAccepted, batchProgress } from '@inkqueue/shared/contracts/batch';
import { createJsonRequest, type JsonRequest } from './request.ts';
import type { OnProgress, SendForm } from './upload.ts';

/** Entries in one page of a batch. */
export const PAGE_ENTRIES = 100;

/** The requests on batches. Each throws `RequestFailure` or, when aborted, the signal's reason. */
export function createBatchClient(request: JsonRequest, send: SendForm) {
  return {
    /** Sends many images; resolves to the accepted batch with an entry for each image, in their order. */
    submit(files: readonly File[], { signal, onProgress }: { signal: AbortSignal; onProgress: OnProgress }) {
      const body = new FormData();
      for (const file of files) body.append('file', file, file.name);
      const upload = createJsonRequest((path, init) =>
        send(String(path), body, { signal, headers: init?.headers, onProgress }),
      );
      return upload('../batches?preview=true', { method: 'POST', signal }, batchAccepted);
    },
    /** {@link PAGE_ENTRIES} entries of a batch, starting at `offset`. */
    page: (id: string, offset: number, signal: AbortSignal) =>
      request(
        `../batches/${encodeURIComponent(id)}?offset=${offset}&limit=${PAGE_ENTRIES}`,
        { signal },
        batch,
      ),
    /** Has those of a batch's pictures read again that failed by the service's fault. */
    retry: (id: string, signal: AbortSignal) =>
      request(`../batches/${encodeURIComponent(id)}/retry`, { method: 'POST', signal }, batchProgress),
  };
}
export type BatchClient = ReturnType<typeof createBatchClient>;
