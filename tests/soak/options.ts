import { parseCommandLine } from '@inkqueue/scripts/command-line';
import { z } from 'zod';

const schema = z.object({
  minutes: z.coerce.number().positive().max(10_000).default(60),
  rate: z.coerce.number().positive().max(10_000).default(20),
  seed: z.coerce.number().int().min(0).max(4_294_967_295).default(1),
  heavy: z.boolean().default(false),
  allocators: z.boolean().default(false),
  help: z.boolean().default(false),
});
export type Options = z.infer<typeof schema>;

export const USAGE = `npm run soak -- [options]

  --minutes 60     minutes of load, the first third of which is the warm-up
  --rate 20        requests a second, at most
  --seed 1         which requests and pictures, and in which order
  --heavy          in place of the load: pictures of 36 megapixels, and the most memory that a worker takes for them
  --allocators     in place of the one load: as many minutes for each allocator that a worker may have
`;

/** @throws UserError naming what is wrong with the command line */
export const parseOptions = (args: readonly string[]): Options => parseCommandLine(schema, args);
