import { expect, it } from 'vitest';
import { ProblemError } from '../../errors.ts';
import { parseCancelAfter } from './cancel-after.ts';

it.each([
  ['500ms', 500],
  ['1ms', 1],
  ['30s', 30_000],
  ['1m', 60_000],
  ['2h', 7_200_000],
  ['24h', 86_400_000],
  ['1440m', 86_400_000],
  ['1.5s', 1_500],
  ['1.1s', 1_100],
  ['0.25m', 15_000],
  ['2.50h', 9_000_000],
  ['0.0005s', 1],
  ['007s', 7_000],
  [' 30s\t', 30_000],
])('reads %s', (header, ms) => {
  expect(parseCancelAfter(header)).toBe(ms);
});

it('is null where the request has no such header', () => {
  expect(parseCancelAfter(undefined)).toBeNull();
});

it.each([
  ['nothing', ''],
  ['spaces', '  '],
  ['a bare number', '30'],
  ['a unit alone', 's'],
  ['zero', '0s'],
  ['zero in other words', '0.000h'],
  ['less than a millisecond', '0.0004s'],
  ['more than a day', '24.0000001h'],
  ['a millisecond more than a day', '86400001ms'],
  ['more than any number', `${'9'.repeat(400)}h`],
  ['a negative number', '-1s'],
  ['a sign', '+1s'],
  ['a number without its first digit', '.5s'],
  ['a number without its last digit', '1.s'],
  ['two points', '1.2.3s'],
  ['a decimal comma', '1,5s'],
  ['an exponent', '1e3s'],
  ['a hexadecimal number', '0x1s'],
  ['digits of another script', '٣s'],
  ['another unit', '1d'],
  ['a unit in capitals', '1M'],
  ['the unit in words', '1 minute'],
  ['a space before the unit', '1 s'],
  ['two durations', '1h30m'],
  ['two headers', '30s, 30s'],
  ['quotes', '"30s"'],
  ['a second line', '30s\nx'],
  ['a name of Object.prototype', '1constructor'],
])('refuses %s', (_, header) => {
  expect(() => parseCancelAfter(header)).toThrowError(
    expect.objectContaining({
      code: 'invalid-request',
      message: expect.stringMatching(/Cancel-After.+500ms, 30s, 1\.5m or 2h/s),
    }),
  );
});

it('repeats only the beginning of what it refuses', () => {
  const refuse = () => parseCancelAfter('x'.repeat(60_000));
  expect(refuse).toThrow(ProblemError);
  expect(refuse).toThrow(/“x{40}”/);
});
