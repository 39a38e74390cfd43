import type { LookupAddress } from 'node:dns';
import { isIP } from 'node:net';
import { isPublicAddress } from './address.ts';
import { resolveHost } from './resolve.ts';

/**
 * A host to which this process does not connect. `no-address`: its name has none, the cause says why; `not-allowed`: one of its
 * addresses is not allowed.
 */
export class DestinationError extends Error {
  override readonly name = 'DestinationError';
  readonly reason: 'no-address' | 'not-allowed';

  constructor(reason: DestinationError['reason'], options?: ErrorOptions) {
    super(reason, options);
    this.reason = reason;
  }
}

/** Which hosts a process connects to for its clients. */
export interface DestinationRules {
  /** Finds the addresses of a host name; stops when the signal says so. */
  resolve?: (host: string, signal: AbortSignal) => Promise<LookupAddress[]>;
  /** Whether this process may connect to an IP address. */
  isAllowed?: (address: string) => boolean;
}

/** The host of a URL as TLS and resolvers know it: an IPv6 address without brackets. */
export const hostOf = (url: URL): string => url.hostname.replace(/^\[|\]$/g, '');

/**
 * The addresses of the host of a URL that a client sent, all of which this process may connect to. This process stands inside a private
 * network: such a URL, or a DNS answer, must not lead to a server in there. Connect to these addresses, and look nothing up again.
 *
 * @throws DestinationError
 */
export async function findAddresses(
  url: URL,
  signal: AbortSignal,
  { resolve = resolveHost, isAllowed = isPublicAddress }: DestinationRules = {},
): Promise<LookupAddress[]> {
  const host = hostOf(url);
  const family = isIP(host);
  const addresses = family ? [{ address: host, family }] : await resolve(host, signal).catch(noAddress);
  if (addresses.length === 0) return noAddress();
  // A host with a public and a private address is refused too: a client must not choose by luck which one is taken.
  if (addresses.every(({ address }) => isAllowed(address))) return addresses;
  throw new DestinationError('not-allowed');
}

function noAddress(cause?: unknown): never {
  throw new DestinationError('no-address', { cause });
}
