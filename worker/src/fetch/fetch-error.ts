export const FETCH_ERROR_CODES = ['fetch-refused', 'fetch-failed', 'too-large'] as const;

/**
 * An image that cannot be fetched from its URL. `fetch-refused`: the worker does not fetch from such a URL; `fetch-failed`: the
 * other server did not deliver; `too-large`: the image has too many bytes. The message is written for the client that sent the
 * URL: it names no address that a host name resolved to. The cause may.
 */
export class FetchError extends Error {
  override readonly name = 'FetchError';
  readonly code: (typeof FETCH_ERROR_CODES)[number];

  constructor(code: (typeof FETCH_ERROR_CODES)[number], detail: string, options?: ErrorOptions) {
    super(detail, options);
    this.code = code;
  }
}
