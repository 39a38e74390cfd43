import type { LookupAddress } from 'node:dns';
import { type IncomingMessage, type OutgoingHttpHeaders, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP } from 'node:net';
import { hostOf } from './destination.ts';

/**
 * Node.js tries the addresses in turn: in a container without IPv6, a host must not fail for having an IPv6 address too. A
 * quarter of a second, the default, is too short for a server on the far side of the world. The types of `request` lack both.
 */
const TRY_EACH_ADDRESS = { autoSelectFamily: true, autoSelectFamilyAttemptTimeout: 1000 };

/**
 * Requests a URL on a connection of its own, to one of `addresses` and nowhere else: nothing resolves the host name again, and no
 * redirect is followed. Resolves at the response's headers, and rejects with what broke the connection before.
 *
 * @param options.ca certificates (PEM) that are trusted in place of those of Node.js
 */
export function requestAt(
  url: URL,
  options: {
    addresses: LookupAddress[];
    method?: string;
    headers: OutgoingHttpHeaders;
    body?: Buffer;
    ca?: string | undefined;
    signal: AbortSignal;
  },
): Promise<IncomingMessage> {
  const { addresses, method = 'GET', headers, body, ca, signal } = options;
  const host = hostOf(url);
  const request = url.protocol === 'http:' ? requestHttp : requestHttps;
  return new Promise((resolve, reject) => {
    request(url, {
      method,
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
      headers,
    })
      .on('response', resolve)
      .on('error', reject)
      // A server that answers 101 Switching Protocols causes neither a response nor an error.
      .on('close', () => reject(new Error('the connection ended without a response')))
      .end(body);
  });
}
