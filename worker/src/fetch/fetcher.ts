import type { LookupAddress } from 'node:dns';
import type { IncomingMessage } from 'node:http';
import { abortion } from '@inkqueue/shared/node/outgoing/abortion';
import {
  DestinationError,
  type DestinationRules,
  findAddresses,
} from '@inkqueue/shared/node/outgoing/destination';
import { FetchError } from './fetch-error.ts';
import { locationOf, openResponse, readImage } from './response.ts';
import { parseTarget } from './target.ts';

/**
 * Fetches images from https URLs that clients send. The worker stands inside a private network: a URL, a redirect or a DNS answer
 * must not lead the worker to a server in there. So every address of a host is checked before the worker connects, the connection
 * goes to a checked address and nowhere else, and each redirect is checked like the first URL.
 * @param options.timeoutMs for everything together: DNS, connecting, redirects, body
 * @param options.port the only port that images are fetched from
 * @param options.ca certificates (PEM) that are trusted in place of those of Node.js
 */
export function createImageFetcher(
  options: {
    maxBytes: number;
    timeoutMs: number;
    redirectsMax?: number;
    port?: number;
    ca?: string;
  } & DestinationRules,
) {
  const { maxBytes, timeoutMs, redirectsMax = 3, port = 443, ca, ...rules } = options;

  async function addressesOf(url: URL, signal: AbortSignal): Promise<LookupAddress[]> {
    try {
      return await findAddresses(url, signal, rules);
    } catch (error) {
      if (!(error instanceof DestinationError)) throw error;
      throw error.reason === 'no-address' ? noAddress(error.cause) : notPublic();
    }
  }

  async function open(url: URL, signal: AbortSignal): Promise<IncomingMessage> {
    const addresses = await addressesOf(url, signal);
    signal.throwIfAborted();
    return openResponse(url, { addresses, ca, signal });
  }

  async function follow(text: string, signal: AbortSignal): Promise<Buffer> {
    let url = parseTarget(text, { port });
    for (let redirects = 0; redirects <= redirectsMax; redirects++) {
      const response = await open(url, signal);
      try {
        const location = locationOf(response);
        if (location === null) return await readImage(response, maxBytes);
        url = parseTarget(location, { port, base: url });
      } finally {
        response.destroy();
      }
    }
    throw new FetchError('fetch-failed', `The image URL redirects more than ${redirectsMax} times.`);
  }

  return {
    /** @throws FetchError fetch-refused, fetch-failed, too-large */
    async fetchImage(url: string): Promise<Buffer> {
      const signal = AbortSignal.timeout(timeoutMs);
      try {
        return await Promise.race([follow(url, signal), abortion(signal)]);
      } catch (error) {
        if (!signal.aborted) throw error;
        const detail = `The image could not be fetched within ${timeoutMs / 1000} seconds. Send the image itself, or try again.`;
        throw new FetchError('fetch-failed', detail, { cause: error });
      }
    },
  };
}

function noAddress(cause: unknown): FetchError {
  const detail = 'The host name of the image URL has no address. Check the URL.';
  return new FetchError('fetch-failed', detail, { cause });
}

function notPublic(): FetchError {
  const detail = 'The image URL does not lead to a public internet address. Send a URL that anyone can open.';
  return new FetchError('fetch-refused', detail);
}
