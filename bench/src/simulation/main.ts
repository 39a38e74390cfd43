// `npm run simulate`: what the measured costs make of more cores and more Redis.
import { parseCommandLine } from '@inkqueue/scripts/command-line';
import { runMain } from '@inkqueue/shared/node/user-error';
import { z } from 'zod';
import { IMAGES, readCosts } from './costs.ts';
import { reportSimulation } from './report.ts';

const numbers = (fallback: number[]) =>
  z
    .string()
    .transform((text) => text.split(',').map(Number))
    .pipe(z.array(z.int().min(1).max(100_000)).min(1))
    .default(fallback);

const options = z.object({
  cores: numbers([2, 16, 1_000]),
  shards: numbers([1]),
  image: z.enum(IMAGES).default('28'),
  help: z.boolean().default(false),
});

const USAGE = `npm run simulate -- [options]

  --cores 2,16,1000  cores of all shards together
  --shards 1,4       shards, each with a Redis of its own; a shard has two cores or more
  --image 28         ${IMAGES.join(' or ')}: the side of the picture in pixels
`;

async function main(): Promise<void> {
  const { help, ...asked } = parseCommandLine(options, process.argv.slice(2));
  process.stdout.write(help ? USAGE : `${reportSimulation(readCosts(), asked)}\n`);
}

runMain('simulate', main);
