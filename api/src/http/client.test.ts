import type { Context } from 'koa';
import { expect, test } from 'vitest';
import { clientOf } from './client.ts';

const from = (ip: string, remoteAddress = '192.0.2.9') =>
  clientOf({ ip, req: { socket: { remoteAddress } } } as unknown as Context);

test('a client is its IPv4 address, also where that is written as IPv6', () => {
  expect(from('192.0.2.1')).toBe('192.0.2.1');
  expect(from('::ffff:192.0.2.1')).toBe('192.0.2.1');
});

test('addresses of one IPv6 network are one client', () => {
  expect(from('2001:db8:1:2::1')).toBe(from('2001:db8:1:2:ffff::9'));
  expect(from('2001:db8:1:2::1')).not.toBe(from('2001:db8:1:3::1'));
});

test('what is no address counts as the connection’s', () => {
  expect(from('spoofed, or a very long word')).toBe('192.0.2.9');
  expect(from('', '::1')).toBe('0:0:0:0');
});
