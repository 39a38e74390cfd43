import { parseCommandLine } from '@inkqueue/scripts/command-line';
import { z } from 'zod';

const schema = z.object({
  predictions: z.coerce.number().int().min(1).max(10_000_000).optional(),
  minutes: z.coerce
    .number()
    .positive()
    .max(24 * 60)
    .optional(),
  seed: z.coerce.number().int().min(0).max(4_294_967_295).optional(),
  clients: z.coerce.number().int().min(1).max(1_000).optional(),
  workers: z.coerce.number().int().min(2).max(64).default(2),
  only: z.string().default(''),
  short: z.boolean().default(false),
  publish: z.boolean().default(false),
  help: z.boolean().default(false),
});

/** The audit and the end take the rest of three minutes. */
const SHORT_MINUTES = 2.2;

export type Options = ReturnType<typeof parseOptions>;

export const USAGE = `npm run drill -- [options]

  --predictions 100000   ends once so many were accepted, and each fault happened
  --minutes M            ends after so many minutes of load, whatever was accepted and happened
  --seed S               repeats the order of the faults and what the clients choose
  --clients 32           clients that submit at the same time (--short: 16)
  --workers 2            worker processes
  --only TEXT            only faults whose name contains the text
  --short                3 minutes at most: each fault once, as far as the time goes
  --publish              writes the result into docs/reliability.md
`;

/** @throws UserError naming what is wrong with the command line */
export function parseOptions(args: readonly string[]) {
  const { short, predictions, minutes, seed, clients, ...rest } = parseCommandLine(schema, args);
  return {
    ...rest,
    short,
    predictions: predictions ?? (short ? 1 : 100_000),
    minutes: minutes ?? (short ? SHORT_MINUTES : Number.POSITIVE_INFINITY),
    clients: clients ?? (short ? 16 : 32),
    seed: seed ?? Math.floor(Math.random() * 2 ** 32),
    patienceMs: short ? 0 : 10_000,
    pauseMs: short ? { least: 200, most: 800 } : { least: 1_000, most: 5_000 },
  };
}
