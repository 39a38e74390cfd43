import { parseArgs } from 'node:util';
import { z } from 'zod';
import { pictureNames } from './pictures.ts';

export const sections = ['grid', 'batches', 'scaling', 'costs', 'memory', 'start'] as const;
export type Section = (typeof sections)[number];

const list = <T extends z.ZodType>(item: T) =>
  z.preprocess((value) => (typeof value === 'string' ? value.split(',') : value), z.array(item).min(1));

const schema = z.object({
  only: list(z.string()).optional(),
  loads: list(z.enum(pictureNames)).default([...pictureNames]),
  connections: list(z.coerce.number().int().min(1).max(10_000)).default([1, 32, 128]),
  seconds: z.coerce.number().int().min(1).max(600).default(3),
  repeats: z.coerce.number().int().min(1).max(100).default(3),
  sections: list(z.enum(sections)).default([...sections]),
  against: z.string().optional(),
  out: z.string().optional(),
  help: z.boolean().default(false),
});
export type Options = z.infer<typeof schema>;

export const usage = `npm run bench -- [options]

  --only ours,fastapi    contenders whose names start so: ours, fastapi-1, fastapi-2, celery, litserve
  --loads 28,280,phone   pictures
  --connections 1,32,128 requests in flight
  --seconds 3            length of one run (phone pictures: twice, at more than 64 connections three times)
  --repeats 3            runs of each load
  --sections ${sections.join(',')}
  --against DIR          also this project as it is, built, in another folder: to measure a change
  --out FILE             where to write the report (a full run: bench/results.md)
`;

/** @throws Error naming what is wrong with the command line */
export function readOptions(args: readonly string[]): Options {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: text,
      loads: text,
      connections: text,
      seconds: text,
      repeats: text,
      sections: text,
      against: text,
      out: text,
      help: { type: 'boolean' },
    },
  });
  const parsed = schema.safeParse(values);
  if (!parsed.success) throw new Error(z.prettifyError(parsed.error));
  return parsed.data;
}
