import { expect, test } from 'vitest';
import { fingerprintOf } from './fingerprint.ts';

const bytes = Buffer.from('an image');

test('equal bytes that are read in equal ways are equal, and all others differ', () => {
  const ways = [
    { bytes, preview: false },
    { bytes, preview: true },
    { bytes, preview: false, expect: 'one' as const },
    { bytes, preview: false, expect: 'many' as const },
    { bytes, preview: true, expect: 'many' as const },
    { bytes, preview: false, explain: true },
    { bytes, preview: true, explain: true },
    { bytes: Buffer.from('another'), preview: false },
  ];
  expect(new Set(ways.map(fingerprintOf)).size).toBe(ways.length);
  expect(fingerprintOf({ bytes, preview: true, expect: 'auto' })).toBe(
    fingerprintOf({ bytes, preview: true }),
  );
});

test('a client that says nothing has the fingerprint of a request from before there was a choice', () => {
  expect(fingerprintOf({ bytes, preview: false, expect: 'auto' })).toBe(
    'Gt-85tnEhs2dRPKRdJpZdIToaMM8oNlpjeAI9jy4hYI',
  );
});
