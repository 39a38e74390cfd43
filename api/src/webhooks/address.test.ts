import { expect, test } from 'vitest';
import { createWebhookCheck } from './address.ts';

const check = createWebhookCheck({ isOn: true, allowsPrivate: false });

test.each([
  ['https://example.com', 'https://example.com/'],
  ['https://example.com:8443/a?b=c#d', 'https://example.com:8443/a?b=c'],
  ['https://8.8.8.8/', 'https://8.8.8.8/'],
])('takes %s', (text, url) => {
  expect(check(text)).toBe(url);
});

test.each([
  '',
  'example.com',
  'http://example.com/',
  'https://u:secret@example.com/',
  'https://127.1/secret',
  'https://[::ffff:10.0.0.1]/secret',
  'https://169.254.169.254/',
])('refuses %s, and does not repeat it', (text) => {
  expect(() => check(text)).toThrow(expect.objectContaining({ code: 'invalid-request' }));
  expect(() => check(text)).toThrow(
    expect.objectContaining({ message: expect.not.stringContaining('secret') }),
  );
});

test('takes private addresses and http where the operator allows that', () => {
  const lax = createWebhookCheck({ isOn: true, allowsPrivate: true });
  expect(lax('http://localhost:3000/hook')).toBe('http://localhost:3000/hook');
  expect(() => lax('ftp://localhost/')).toThrow();
});

test('refuses all where webhooks are off, and needs none', () => {
  const off = createWebhookCheck({ isOn: false, allowsPrivate: false });
  expect(off(undefined)).toBeUndefined();
  expect(() => off('https://example.com/')).toThrow(expect.objectContaining({ code: 'webhooks-off' }));
});
