import { expect, test } from 'vitest';
import { z } from 'zod';
import { parseCommandLine } from './command-line.ts';

const schema = z.object({
  count: z.coerce.number().int().min(1).default(3),
  only: z.string().optional(),
  short: z.boolean().default(false),
});

test.each([
  [[], { count: 3, short: false }],
  [['--count', '7', '--short'], { count: 7, short: true }],
  [['--only', 'a text'], { count: 3, only: 'a text', short: false }],
])('%j', (args, expected) => {
  expect(parseCommandLine(schema, args)).toEqual(expected);
});

test.each([[['--count', 'many']], [['--count']], [['--unknown']], [['--short=yes']], [['stray']]])(
  '%j is refused in words',
  (args) => {
    expect(() => parseCommandLine(schema, args)).toThrow(expect.objectContaining({ name: 'UserError' }));
  },
);
