import { expect, test } from 'vitest';
import { webhookSettings } from './settings.ts';

const { WEBHOOK_SECRET } = webhookSettings;
const secretOf = (bytes: number) => `whsec_${Buffer.alloc(bytes, 7).toString('base64')}`;

test('several secrets are separated by white space', () => {
  expect(WEBHOOK_SECRET.parse(` ${secretOf(24)}  ${secretOf(64)}\n`)).toEqual([
    Buffer.alloc(24, 7),
    Buffer.alloc(64, 7),
  ]);
  expect(WEBHOOK_SECRET.parse(undefined)).toBeUndefined();
});

test.each([
  secretOf(23),
  secretOf(65),
  secretOf(24).slice(6),
  `${secretOf(24)} x`,
  `whsec_${'ä'.repeat(40)}`,
])('%s is refused', (text) => {
  expect(WEBHOOK_SECRET.safeParse(text).error?.issues[0]?.message).toMatch(/^must be whsec_/);
});
