import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { predict } from '../integration/client.ts';
import { digitPng } from '../integration/pictures.ts';
import type { Running } from '../integration/processes.ts';
import { createStack } from '../integration/stack.ts';
import { send } from './http/send.ts';
import { createShots, shotRecipe } from './http/shots.ts';
import { isRight } from './http/verdict.ts';
import { createInputs, type Input, recipeOf } from './inputs.ts';
import type { Judge } from './pipeline/judge.ts';
import { RECIPES } from './recipes.ts';
import { FORMATS, type Seed } from './seeds/seed.ts';
import { drawSeeds } from './seeds/seeds.ts';

// A small part of `npm run fuzz`, the same at each run.
const SEED = 20;
const PICTURES = 300;
const REQUESTS = 100;

let seeds: Seed[];
let judge: Judge;
let seven: Buffer;
beforeAll(async () => {
  [seeds, seven] = await Promise.all([drawSeeds(), digitPng(7)]);
  // The pipeline lets libvips load no SVG, from which the pictures are drawn.
  judge = await (await import('./pipeline/judge.ts')).createJudge();
});

async function expectNoFault(seed: number, input: Input): Promise<string> {
  const { end, fault } = await judge(input);
  expect(fault, recipeOf(seed, input)).toBeUndefined();
  return end;
}

test('mutated pictures of every format end in a reading or an ImageError', async () => {
  const inputs = createInputs({ seeds, seed: SEED });
  const read = new Set<string>();
  for (let index = 0; index < PICTURES; index++) {
    const input = inputs.at(index);
    if ((await expectNoFault(SEED, input)) === 'read') read.add(input.format);
  }
  expect([...read].sort()).toEqual([...FORMATS].sort());
});

test.each(RECIPES)('is no fault any more: $fault', async ({ seed, index }) => {
  const input = createInputs({ seeds, seed }).at(index);
  for (const expected of ['auto', 'one', 'many'] as const)
    await expectNoFault(seed, { ...input, expect: expected });
});

describe('a service', () => {
  const stack = createStack();
  let api: Running;
  beforeAll(async () => {
    [api] = await Promise.all([stack.api({ UPLOAD_TIMEOUT_MS: '2000' }), stack.worker()]);
  });
  afterAll(() => stack.close());

  test('answers mutated requests with a status that is no fault of its own, and reads on', async () => {
    const shots = createShots({ inputs: createInputs({ seeds, seed: SEED }), seeds, seed: SEED });
    const indices = [...Array(REQUESTS).keys()];
    const shoot = async () => {
      for (let index = indices.shift(); index !== undefined; index = indices.shift()) {
        const shot = shots.at(index);
        const { status, text } = await send(api.url, shot);
        expect(isRight(shot, status), `${shotRecipe(SEED, index, shot)}: ${status} ${text}`).toBe(true);
      }
    };
    await Promise.all(Array.from({ length: 6 }, shoot));
    expect(await predict(api, seven)).toMatchObject({ predicted_digit: 7 });
  });
});
