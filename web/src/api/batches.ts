import { type Batch, type BatchAccepted, batch, batchAccepted } from '@inkqueue/shared/contracts/batch';
import { createJsonRequest, type JsonRequest } from './request.ts';
import type { sendForm } from './upload.ts';

/** Entries in one answer of the api. */
export const PAGE_ENTRIES = 100;

export interface BatchClient {
  /** Sends many pictures; answers with an entry for each, in their order. Throws `RequestFailure`. */
  submit: (
    files: readonly File[],
    options: { signal: AbortSignal; onProgress: (share: number) => void },
  ) => Promise<BatchAccepted>;
  /** {@link PAGE_ENTRIES} entries of a batch, from `offset` on. Throws `RequestFailure`. */
  page: (id: string, offset: number, signal: AbortSignal) => Promise<Batch>;
}

/** Sends batches and asks how they stand. An aborted request rejects with the signal's reason. */
export function createBatchClient(request: JsonRequest, send: typeof sendForm): BatchClient {
  return {
    submit(files, { signal, onProgress }) {
      const body = new FormData();
      for (const file of files) body.append('file', file, file.name);
      const upload = createJsonRequest((path, init) =>
        send(String(path), body, { signal, headers: init?.headers, onProgress }),
      );
      return upload('/batches?preview=true', { signal }, batchAccepted);
    },
    page: (id, offset, signal) =>
      request(`/batches/${encodeURIComponent(id)}?offset=${offset}&limit=${PAGE_ENTRIES}`, { signal }, batch),
  };
}
