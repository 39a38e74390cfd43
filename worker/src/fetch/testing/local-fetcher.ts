import { isPublicAddress } from '@inkqueue/shared/node/outgoing/address';
import { expect } from 'vitest';
import { createImageFetcher } from '../fetcher.ts';
import type { makeCertificate, startHttpsServer } from './https-server.ts';

type Options = Parameters<typeof createImageFetcher>[0];

export const MAX_BYTES = 1000;

export const toResolved = (addresses: string[]) =>
  addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));

/** A fetcher for which every host, and the address 127.0.0.1 too, is the given server's. */
export function createLocalFetcher(
  server: Pick<Awaited<ReturnType<typeof startHttpsServer>>, 'port'>,
  certificate: Awaited<ReturnType<typeof makeCertificate>>,
  options: Partial<Options> = {},
) {
  return createImageFetcher({
    maxBytes: MAX_BYTES,
    timeoutMs: 5000,
    port: server.port,
    ca: certificate.cert,
    resolve: async () => toResolved(['127.0.0.1']),
    isAllowed: (address) => address === '127.0.0.1' || isPublicAddress(address),
    ...options,
  });
}

/** Expects a fetch to fail, with a message that does not tell the client where a host name leads. */
export async function expectFailure(fetching: Promise<Buffer>, code: string, message = ''): Promise<void> {
  const error = await fetching.then(
    () => null,
    (error: unknown) => error,
  );
  expect(error).toMatchObject({ name: 'FetchError', code, message: expect.stringContaining(message) });
  expect(error).toMatchObject({ message: expect.not.stringMatching(/127\.|10\.0|::|\.test|ECONN|Error/) });
}
