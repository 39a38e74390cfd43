import type { LookupAddress } from 'node:dns';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { isIP } from 'node:net';
import { FetchError } from './fetch-error.ts';

const REDIRECT_STATUSES = new Set([301, 302, 303, 307, 308]);

/**
 * Node.js tries the addresses in turn: in a container without IPv6, a host must not fail for having an IPv6 address too. A
 * quarter of a second, the default, is too short for a server on the far side of the world. The types of `request` lack both.
 */
const TRY_EACH_ADDRESS = { autoSelectFamily: true, autoSelectFamilyAttemptTimeout: 1000 };

/**
 * Requests a URL on a connection of its own, to one of `addresses` and nowhere else: nothing resolves the host name again.
 * @param options.host the host of the URL, an IPv6 address without brackets
 * @throws FetchError fetch-failed
 */
export function openResponse(
  url: URL,
  options: { host: string; addresses: LookupAddress[]; ca: string | undefined; signal: AbortSignal },
): Promise<IncomingMessage> {
  const { host, addresses, ca, signal } = options;
  return new Promise((resolve, reject) => {
    const fail = (cause?: Error) => {
      const detail =
        'The connection to the server of the image failed. Check that the URL opens in a browser.';
      reject(new FetchError('fetch-failed', detail, { cause }));
    };
    request(url, {
      // A shared connection, or a proxy, would not lead to the checked addresses.
      agent: false,
      ...TRY_EACH_ADDRESS,
      lookup: (_host, _options, callback) => callback(null, addresses),
      // TLS knows neither the names of IP addresses nor the dot that may end a host name.
      servername: isIP(host) ? '' : host.replace(/\.$/, ''),
      // Said, since NODE_TLS_REJECT_UNAUTHORIZED in the environment would switch the check off.
      rejectUnauthorized: true,
      ca,
      signal,
      headers: { Accept: 'image/*', 'Accept-Encoding': 'identity', 'User-Agent': 'inkqueue' },
    })
      .on('response', resolve)
      .on('error', fail)
      // A server that answers 101 Switching Protocols causes neither a response nor an error.
      .on('close', fail)
      .end();
  });
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
