/** What the page asks of the preparing worker: to encode a picture for sending. */
export interface PreparingRequest {
  id: number;
  source: Blob | ImageBitmap;
}

/** The picture as it is to be sent; null where the worker could not make one. */
export interface PreparingReply {
  id: number;
  blob: Blob | null;
}
