import { expect, it } from 'vitest';
import { IDEMPOTENCY_KEY, parseIdempotencyKey } from './idempotency-key.ts';

const uuid = '8e03978e-40d5-43e8-bc93-6894a57f9324';

it.each([
  ['the draft’s example', `"${uuid}"`, uuid],
  ['the same without quotes', uuid, uuid],
  ['spaces around it', `  "${uuid}" `, uuid],
  ['spaces around it without quotes', ` ${uuid}\t`, uuid],
  ['a space in it', '"two words"', 'two words'],
  ['a space at both ends', '" a "', ' a '],
  ['an escaped quote', '"a\\"b"', 'a"b'],
  ['an escaped backslash', '"a\\\\b"', 'a\\b'],
  ['a comma in quotes', '"a,b"', 'a,b'],
  ['a semicolon in quotes', '"a;b"', 'a;b'],
  ['parameters', '"a";x;y=2;z="b,c"; u=tok', 'a'],
  ['what looks like a number', '12345678901234567890', '12345678901234567890'],
  ['what looks like a boolean', '?1', '?1'],
  ['what looks like bytes', ':YWJj:', ':YWJj:'],
  ['base64', 'a+b/c==', 'a+b/c=='],
  ['one character', '"a"', 'a'],
  ['the longest', `"${'k'.repeat(255)}"`, 'k'.repeat(255)],
  ['the longest without quotes', 'k'.repeat(255), 'k'.repeat(255)],
  ['the longest, all escaped', `"${'\\"'.repeat(255)}"`, '"'.repeat(255)],
])('reads %s', (name, header, key) => {
  expect(parseIdempotencyKey(header)).toBe(key);
  // The document leaves parameters out.
  if (name !== 'parameters') expect(header.trim()).toMatch(IDEMPOTENCY_KEY);
});

it('is null where the request has no such header', () => {
  expect(parseIdempotencyKey(undefined)).toBeNull();
});

it.each([
  ['nothing', ''],
  ['spaces', '   '],
  ['an empty string', '""'],
  ['an empty string with parameters', '"";a=1'],
  ['too long a key', `"${'k'.repeat(256)}"`],
  ['too long a key without quotes', 'k'.repeat(256)],
  ['an endless key', 'k'.repeat(65_000)],
  ['an endless key in quotes', `"${'k'.repeat(65_000)}"`],
  ['two headers', '"a", "a"'],
  ['two headers without quotes', 'a, a'],
  ['a quote that never closes', '"a'],
  ['a quote that never opens', 'a"'],
  ['a lone quote', '"'],
  ['a backslash at the end', '"a\\"'],
  ['an escape that is none', '"a\\nb"'],
  ['text after the string', '"a"b'],
  ['a semicolon without quotes', 'a;b=1'],
  ['a space without quotes', 'a b'],
  ['a backslash without quotes', 'a\\b'],
  ['a broken parameter', '"a";=1'],
  ['a parameter in capitals', '"a";X'],
  ['letters beyond ASCII', '"é"'],
  ['letters beyond ASCII without quotes', 'é'],
  ['a control character', '"a\u0001"'],
  ['a tab', '"a\tb"'],
  ['a delete', 'a\u007f'],
  ['single quotes around a space', "'a b'"],
  ['a number with a parameter', '1;a'],
  ['a boolean with a parameter', '?1;a'],
  ['a date with a parameter', '@1659578233;a'],
  ['bytes with a parameter', ':YWJj:;a'],
  ['a display string', '%"f%c3%bc"'],
  ['a list in brackets', '("a" "b")'],
])('refuses %s', (_, header) => {
  expect(header).not.toMatch(IDEMPOTENCY_KEY);
  expect(() => parseIdempotencyKey(header)).toThrowError(
    expect.objectContaining({
      code: 'invalid-request',
      message: expect.stringMatching(/Idempotency-Key.+1 to 255/),
    }),
  );
});
