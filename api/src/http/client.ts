import ipaddr from 'ipaddr.js';
import type { Context } from 'koa';

/**
 * Whose request it is, as far as its address tells: of IPv6 the first 64 bits, since a client with one address of such a network has all of
 * them. Never longer than an address, whatever a proxy passed on.
 */
export function clientOf({ ip, req }: Pick<Context, 'ip' | 'req'>): string {
  const text = ipaddr.isValid(ip) ? ip : (req.socket.remoteAddress ?? '');
  if (!ipaddr.isValid(text)) return '';
  const address = ipaddr.process(text);
  return address instanceof ipaddr.IPv6 ? address.parts.slice(0, 4).join(':') : address.toString();
}
