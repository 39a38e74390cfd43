import { parseCommandLine } from '@inkqueue/scripts/command-line';
import { z } from 'zod';
import { IMAGE_NAMES } from './load/images.ts';

export const SECTIONS = [
  'grid',
  'open',
  'replicas',
  'batches',
  'scaling',
  'costs',
  'processes',
  'redis',
  'memory',
  'start',
] as const;
export type Section = (typeof SECTIONS)[number];

const list = <T extends z.ZodType>(item: T) =>
  z.preprocess((value) => (typeof value === 'string' ? value.split(',') : value), z.array(item).min(1));

const schema = z.object({
  only: list(z.string()).optional(),
  loads: list(z.enum(IMAGE_NAMES)).default([...IMAGE_NAMES]),
  connections: list(z.coerce.number().int().min(1).max(10_000)).default([1, 32, 128]),
  seconds: z.coerce.number().int().min(1).max(600).default(3),
  repeats: z.coerce.number().int().min(1).max(100).default(3),
  sections: list(z.enum(SECTIONS)).default([...SECTIONS]),
  against: z.string().optional(),
  out: z.string().optional(),
  help: z.boolean().default(false),
});
export type Options = z.infer<typeof schema>;

export const USAGE = `npm run bench -- [options]

  --only ours,fastapi    contenders of grid and open whose names start so: ours, fastapi-1, fastapi-2, celery, litserve,
                         bentoml, mlserver
  --loads 28,280,phone   images (open and replicas: without phone)
  --connections 1,32,128 requests in flight (replicas: without 1)
  --seconds 3            length of one run, and of one step of open (phone photos: twice, at more than 64 connections three times)
  --repeats 3            runs of each load, searches of open
  --sections ${SECTIONS.join(',')}
  --against DIR          also this project as it is, built, in another folder: to measure a change
  --out FILE             where to write the report, with its chart as .svg beside it (a full run: bench/results.md)
`;

/** @throws UserError naming what is wrong with the command line */
export function parseOptions(args: readonly string[]): Options {
  return parseCommandLine(schema, args);
}
