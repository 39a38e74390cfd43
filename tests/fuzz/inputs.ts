import type { Expectation } from '@inkqueue/shared/contracts/prediction';
import { mutate } from './mutate/mutate.ts';
import { createRandom } from './random.ts';
import { FORMATS, type Seed } from './seeds/seed.ts';

/** One mutated picture, and how it was made. */
export interface Input {
  index: number;
  format: Seed['format'];
  seedName: string;
  mutations: string[];
  expect: Expectation;
  bytes: Buffer;
}

export type Inputs = ReturnType<typeof createInputs>;

/** The inputs of a run: each follows from the run's seed and its index alone. */
export function createInputs({ seeds, seed }: { seeds: readonly Seed[]; seed: number }) {
  const byFormat = [...FORMATS, 'other' as const].map((format) =>
    seeds.filter((one) => one.format === format),
  );
  // One in a hundred is no picture at all.
  const share = (random: ReturnType<typeof createRandom>) =>
    random.chance(0.01) ? byFormat.at(-1) : byFormat[random.below(FORMATS.length)];
  return {
    at(index: number): Input {
      const random = createRandom(seed, index);
      const from = random.pick(share(random) ?? []);
      const expect = random.pick(['auto', 'auto', 'one', 'many'] as const);
      const { bytes, mutations } = mutate(from, { seeds, random });
      return { index, format: from.format, seedName: from.name, mutations, expect, bytes };
    },
  };
}

/** How to make the input again, in words. */
export const recipeOf = (seed: number, { index, format, seedName, mutations, expect, bytes }: Input) =>
  `--only ${seed}:${index}  ${format} ${seedName}, ${mutations.join(' → ')}, expect=${expect}, ${bytes.length} bytes`;
