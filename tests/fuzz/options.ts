import { parseCommandLine } from '@inkqueue/scripts/command-line';
import { z } from 'zod';

const count = z.coerce.number().int().min(0).max(100_000_000);
const schema = z.object({
  count: count.default(100_000),
  http: count.default(3_000),
  seed: z.coerce.number().int().min(0).max(4_294_967_295).default(1),
  only: z
    .string()
    .regex(/^(http:)?\d+:\d+$/, 'must look like 1:4711 or http:1:4711')
    .transform((text) => {
      const [seed = 0, index = 0] = text.replace('http:', '').split(':').map(Number);
      return { seed, index, isHttp: text.startsWith('http:') };
    })
    .optional(),
  save: z.string().optional(),
  help: z.boolean().default(false),
});

export const USAGE = `npm run fuzz -- [options]

  --count 100000    mutated pictures that go straight into the worker's pipeline
  --http 3000       requests of mutated pictures and bodies to a real api and worker
  --seed 1          everything follows from it
  --only S:INDEX    the one picture of that seed and index, alone; http:S:INDEX the one request
  --save FILE       with --only: writes the picture, or the body of the request
`;

/** @throws UserError naming what is wrong with the command line */
export const parseOptions = (args: readonly string[]) => parseCommandLine(schema, args);
