import { testManifest } from '@inkqueue/shared/testing/model-manifest';
import { expect, it } from 'vitest';
import { ImageError } from './image-error.ts';
import { createPredict } from './predict.ts';
import type { Preprocess } from './preprocess.ts';
import { type Candidate, type Reading, single } from './reading.ts';

const box = { left: 1, top: 2, width: 3, height: 4 };
const glyph = { pixels: new Uint8Array(784), box, isDoubtful: false };
const timings = { decode_ms: 2, normalize_ms: 1 };
const two: Candidate[] = [0, 1].map((from) => ({ ...glyph, from, to: from + 1, cost: 0 }));

/** What a tensor of one number stands for: how sure the network is of a digit. */
const logitsOf = ([digit, sureness]: readonly number[]) =>
  Float32Array.from({ length: 10 }, (_, d) => (d === digit ? sureness! : 0));

/** Predicts an image of which a first look sees one digit, and a look for several sees others. */
async function predict(
  first: { reading: Reading; sureness: number },
  second: number[][] | Error,
  options: { mayBeHeavy?: boolean } = {},
) {
  const asked: unknown[] = [];
  const preprocess: Preprocess = async (_, { expect } = {}) => {
    asked.push(expect);
    if (second instanceof Error && expect === 'many') throw second;
    const several = second instanceof Error ? [] : second;
    return expect === 'many'
      ? {
          reading: { lines: [{ pieces: 2, candidates: two }] },
          tensors: several.map((t) => Float32Array.from(t)),
          timings,
        }
      : { reading: first.reading, tensors: [Float32Array.of(8, first.sureness)], timings };
  };
  const model = {
    manifest: testManifest,
    run: async (tensors: readonly Float32Array[]) => tensors.map((t) => logitsOf([...t])),
  };
  const { lines, timings: took } = await createPredict({ model, preprocess, batchMax: 8, concurrency: 1 })(
    Buffer.of(1),
    options,
  );
  return { text: lines.map((line) => line.map(({ digit }) => digit).join('')).join('-'), asked, took };
}

const wide: Reading = { ...single(glyph), mayBeSeveral: true };
const sure = [
  [8, 20],
  [9, 20],
];

it('digits that touch and were taken for one are looked for once more where the network doubts that one', async () => {
  expect(await predict({ reading: wide, sureness: 1 }, sure)).toMatchObject({
    text: '89',
    asked: [undefined, 'many'],
    took: { decode_ms: 4, normalize_ms: 2 },
  });
});

it.each<[string, { reading: Reading; sureness: number }]>([
  ['is sure of it', { reading: wide, sureness: 20 }],
  ['sees that it is no wider than one', { reading: single(glyph), sureness: 1 }],
])('one digit stays one, without a second look, where the network %s', async (_, first) => {
  expect(await predict(first, sure)).toMatchObject({ text: '8', asked: [undefined], took: { decode_ms: 2 } });
});

it('a second look is believed only where it is sure of each digit', async () => {
  const unsure = [
    [8, 20],
    [9, 1],
  ];
  expect(await predict({ reading: wide, sureness: 1 }, unsure)).toMatchObject({
    text: '8',
    asked: [undefined, 'many'],
  });
});

it.each([
  ['fails', new ImageError('too-many-pixels', 'It takes too long.'), {}, ['many']],
  ['would be one at a heavy image', sure, { mayBeHeavy: true }, []],
])('the first look stands where a second one %s', async (_, second, options, asked) => {
  expect(await predict({ reading: wide, sureness: 1 }, second, options)).toMatchObject({
    text: '8',
    asked: [undefined, ...asked],
  });
});

it('other images get their turn between two runs of an explanation', async () => {
  const ink = new Uint8Array(784).fill(255);
  const runs: number[] = [];
  let arrive = () => {};
  const model = {
    manifest: testManifest,
    run: async (tensors: readonly Float32Array[]) => {
      runs.push(tensors.length);
      // Another image comes during the second run of the explanation.
      if (runs.length === 3) arrive();
      return tensors.map(() => logitsOf([8, 20]));
    },
  };
  const preprocess: Preprocess = async () => ({
    reading: single({ ...glyph, pixels: ink }),
    tensors: [new Float32Array(784)],
    timings,
  });
  const read = createPredict({ model, preprocess, batchMax: 32, concurrency: 2 });
  const other = new Promise<number>((resolve) => {
    arrive = () => void read(Buffer.of(2)).then(() => resolve(runs.length));
  });
  const { explanation } = await read(Buffer.of(1), { isExplained: true });
  expect(explanation?.digits).toHaveLength(1);
  // The image itself, the whole ink and a patch at each of 196 cells in seven runs, and the other image.
  expect(runs.reduce((sum, count) => sum + count)).toBe(1 + 197 + 1);
  expect(Math.max(...runs)).toBe(32);
  expect(await other).toBeLessThan(runs.length);
});
