import type { Inputs } from '../inputs.ts';
import { createRandom, type Random } from '../random.ts';
import type { Seed } from '../seeds/seed.ts';
import { multipart } from './multipart.ts';
import type { Shot } from './shot.ts';
import { text } from './text.ts';
import { TWISTS } from './twists.ts';

/** Requests and pictures of the same index have nothing in common. */
const APART = 0x5107;
const MUTATED_SHARE = 0.6;

function bare(image: Buffer, random: Random): Pick<Shot, 'headers' | 'body' | 'steps'> {
  const type = random.pick(['image/png', 'image/jpeg', 'application/octet-stream', 'image/x-unknown']);
  return { headers: { 'Content-Type': type }, body: image, steps: ['bare'] };
}

/** The requests of a run: each follows from the run's seed and its index alone. */
export function createShots({
  inputs,
  seeds,
  seed,
}: {
  inputs: Inputs;
  seeds: readonly Seed[];
  seed: number;
}) {
  return {
    at(index: number): Shot {
      const random = createRandom(seed ^ APART, index);
      const path = random.pick(['/predict', '/predict', '/predict', '/predictions', '/batches']);
      let image: Buffer;
      let from: string;
      if (random.chance(MUTATED_SHARE)) {
        const input = inputs.at(index);
        image = input.bytes;
        from = `${input.seedName} → ${input.mutations.join(' → ')}`;
      } else {
        const whole = random.pick(seeds);
        image = whole.bytes;
        from = whole.name;
      }
      const wrap = random.pick([bare, multipart, multipart, text]);
      const wrapped = wrap(image, random);
      let shot: Shot = { path, ...wrapped, steps: [from, ...wrapped.steps] };
      for (let left = random.pick([0, 0, 1, 1, 2]); left > 0; left--) {
        const name = random.pick(Object.keys(TWISTS));
        shot = TWISTS[name]?.(shot, random) ?? shot;
        shot.steps = [...shot.steps, name];
      }
      return shot;
    },
  };
}

/** How to send the request again, in words. */
export const shotRecipe = (seed: number, index: number, { path, steps, body }: Shot) =>
  `--only http:${seed}:${index}  POST ${path.slice(0, 60)}, ${steps.join(' → ')}, ${body.length} bytes`;
