import type { LookupAddress } from 'node:dns';
import type { IncomingMessage } from 'node:http';
import { requestAt } from '@inkqueue/shared/node/outgoing/request';
import { FetchError } from './fetch-error.ts';

const REDIRECT_STATUSES = new Set([301, 302, 303, 307, 308]);

const HEADERS = { Accept: 'image/*', 'Accept-Encoding': 'identity', 'User-Agent': 'inkqueue' };

/**
 * Requests a URL at one of `addresses`.
 * @throws FetchError fetch-failed
 */
export async function openResponse(
  url: URL,
  options: { addresses: LookupAddress[]; ca: string | undefined; signal: AbortSignal },
): Promise<IncomingMessage> {
  try {
    return await requestAt(url, { ...options, headers: HEADERS });
  } catch (cause) {
    const detail = 'The connection to the server of the image failed. Check that the URL opens in a browser.';
    throw new FetchError('fetch-failed', detail, { cause });
  }
}

/** The URL that a response redirects to, absolute or relative, or null if the response is no redirect. */
export function locationOf(response: IncomingMessage): string | null {
  return (REDIRECT_STATUSES.has(response.statusCode!) && response.headers.location) || null;
}

/**
 * Reads the image that a response carries, and stops at the first byte too many.
 * @throws FetchError fetch-failed, too-large
 */
export async function readImage(response: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const { statusCode = 0, headers } = response;
  if (statusCode < 200 || statusCode > 299) {
    const detail = `The server of the image answered with status ${statusCode}. Check the URL.`;
    throw new FetchError('fetch-failed', detail);
  }
  // A compressed body may be a thousand times as large as its bytes on the wire.
  if ((headers['content-encoding'] ?? 'identity').toLowerCase() !== 'identity') {
    const detail = 'The server of the image compresses its response, although the request asks it not to.';
    throw new FetchError('fetch-failed', detail);
  }
  const tooLarge = () =>
    new FetchError('too-large', `An image may have at most ${maxBytes.toLocaleString('en')} bytes.`);
  if (Number(headers['content-length'] ?? 0) > maxBytes) throw tooLarge();

  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of whole(response)) {
    bytes += chunk.length;
    if (bytes > maxBytes) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, bytes);
}

/** The chunks of a body. @throws FetchError fetch-failed when the connection ends before the body does */
async function* whole(response: IncomingMessage): AsyncGenerator<Buffer> {
  try {
    yield* response;
  } catch (cause) {
    const detail = 'The server of the image closed the connection too early. Try again.';
    throw new FetchError('fetch-failed', detail, { cause });
  }
}
