import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** A public address, but in Azure it is the host of the virtual machine: metadata, agents and DNS. */
const AZURE_HOST = '168.63.129.16';

/** The only block that IANA gives out as IPv6 unicast. ipaddr.js calls all that it has no name for unicast, `::7f00:1` too. */
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR('2000::/3');

/**
 * IPv4-mapped addresses, and the well-known prefix with which DNS64 writes public IPv4 addresses on networks without IPv4. What
 * counts is the IPv4 address in the last four bytes. The other forms that embed one (6to4, Teredo, IPv4-compatible, IPv4-translated,
 * local NAT64) lead through relays that no public image needs: they are refused, whatever they embed.
 */
const EMBEDDING_IPV4 = ['::ffff:0:0/96', '64:ff9b::/96'].map((block) => ipaddr.IPv6.parseCIDR(block));

/**
 * Whether an IP address, as a resolver or the URL parser writes it, belongs to the public internet: no private, local, shared,
 * multicast, reserved or documentation address, and none at which clouds serve metadata. False for all that is no IP address.
 */
export function isPublicAddress(text: string): boolean {
  // ipaddr.js takes more spellings than the operating system, and fewer zone ids. A public address has no zone.
  const family = isIP(text);
  if (family === 0 || text.includes('%')) return false;
  // ipaddr.js takes ::8.8.8.8 for ::ffff:8.8.8.8. The URL parser writes both in hexadecimal, which ipaddr.js tells apart.
  const address = ipaddr.parse(family === 6 ? new URL(`https://[${text}]`).hostname.slice(1, -1) : text);
  if (address instanceof ipaddr.IPv4) return isPublicIPv4(address);
  const embedded = embeddedIPv4(address);
  if (embedded) return isPublicIPv4(embedded);
  return address.match(GLOBAL_UNICAST) && address.range() === 'unicast';
}

/**
 * The network that one server, or one owner, has: an IPv4 address, or the first 64 bits of an IPv6 address. The text is for comparing
 * alone; what is no IP address is its own.
 */
export function networkOf(text: string): string {
  if (isIP(text) !== 6) return text;
  const address = ipaddr.parse(text);
  if (!(address instanceof ipaddr.IPv6)) return text;
  const network = address.parts.slice(0, 4).map((part) => part.toString(16));
  return embeddedIPv4(address)?.toString() ?? network.join(':');
}

const isPublicIPv4 = (address: ipaddr.IPv4) =>
  address.range() === 'unicast' && address.toString() !== AZURE_HOST;

function embeddedIPv4(address: ipaddr.IPv6): ipaddr.IPv4 | null {
  const embeds = EMBEDDING_IPV4.some((block) => address.match(block));
  return embeds ? new ipaddr.IPv4(address.toByteArray().slice(-4)) : null;
}
