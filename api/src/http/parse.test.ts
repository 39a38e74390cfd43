import { expect, it } from 'vitest';
import { z } from 'zod';
import { numberText, parse } from './parse.ts';

const schema = numberText(z.number().min(0).default(7));

it.each([
  ['', 7],
  ['0', 0],
  ['12', 12],
  ['007', 7],
  ['0.25', 0.25],
  ['1e3', 1_000],
  ['25E-2', 0.25],
])('takes %s', (text, number) => {
  expect(schema.parse(text)).toBe(number);
});

it('has the default where there is none', () => {
  expect(z.object({ size: schema }).parse({})).toEqual({ size: 7 });
});

it.each([' ', ' 1', '0x10', '.5', '5.', '+1', '1_000', 'NaN', 'Infinity', '1e400', 'true', '-1', ['1']])(
  'refuses “%s”',
  (text) => {
    expect(schema.safeParse(text).success).toBe(false);
  },
);

it('names each field that is wrong, and what is wrong with all of it', () => {
  const pair = z.object({ size: z.number(), name: z.string() });
  expect(() => parse(pair, { size: 'x', name: 1 }, 'body')).toThrow(/^In the body: size: .*; name: /);
  expect(() => parse(z.union([pair, z.string()], 'Send a name.'), 7, 'body')).toThrow(
    'In the body: Send a name.',
  );
});
