import type { LookupAddress } from 'node:dns';
import { Resolver } from 'node:dns/promises';

/**
 * Asks the name servers for all addresses of a host, and rejects with the error of c-ares if it has none. `dns.lookup` would hold
 * one of the few threads on which sharp decodes for as long as a name server stays silent, and would also find the names that
 * only this machine knows (/etc/hosts, search domains).
 */
export async function resolveHost(
  host: string,
  signal: AbortSignal,
  resolver = new Resolver(),
): Promise<LookupAddress[]> {
  const cancel = () => resolver.cancel();
  signal.addEventListener('abort', cancel);
  try {
    const answers = await Promise.allSettled([
      resolver.resolve4(host).then((found) => found.map((address) => ({ address, family: 4 }))),
      resolver.resolve6(host).then((found) => found.map((address) => ({ address, family: 6 }))),
    ]);
    // Most hosts have addresses of one family only: no address of the other one is an error to c-ares.
    const addresses = answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
    const failed = answers.find((answer) => answer.status === 'rejected');
    if (addresses.length === 0 && failed) throw failed.reason;
    return addresses;
  } finally {
    signal.removeEventListener('abort', cancel);
  }
}
