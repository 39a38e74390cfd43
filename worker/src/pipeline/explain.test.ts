import { fileURLToPath } from 'node:url';
import { EXPLAINED_MAX, predictionExplanation } from '@inkqueue/shared/contracts/prediction';
import { testManifest } from '@inkqueue/shared/testing/model-manifest';
import { expect, it } from 'vitest';
import { explain } from './explain.ts';
import { loadModel } from './model.ts';
import { postprocess } from './postprocess.ts';
import { toTensor } from './preprocess.ts';

const SIDE = 28;
const MODEL = fileURLToPath(new URL('../../../models/mnist-cnn', import.meta.url));

type Run = (tensors: readonly Float32Array[]) => Promise<Float32Array[]>;

/** Full ink where `isInk`. */
const drawn = (isInk: (x: number, y: number) => boolean) =>
  Uint8Array.from({ length: SIDE * SIDE }, (_, at) => (isInk(at % SIDE, Math.floor(at / SIDE)) ? 255 : 0));

/** The maps in log odds, and how many tensors each run had. */
async function explained(inks: Uint8Array[], run: Run, { manifest = testManifest, batchMax = 32 } = {}) {
  const runs: number[] = [];
  const infer = async (tensors: readonly Float32Array[]) => {
    runs.push(tensors.length);
    return { logits: await run(tensors) };
  };
  const digits = inks.map((pixels) => ({ pixels }));
  const explanation = await explain(digits, { manifest, infer, batchMax });
  expect(predictionExplanation.parse(explanation)).toEqual(explanation);
  const maps = explanation.digits.map(({ scale, values }) =>
    values.map((text) => Array.from(new Int8Array(Buffer.from(text, 'base64')), (value) => value * scale)),
  );
  return { explanation, maps, runs };
}

/** The ink of a square is all the evidence for 3, and as much against 5. */
const square: Run = async (tensors) =>
  tensors.map((tensor) => {
    let ink = 0;
    for (let y = 4; y < 8; y++) for (let x = 10; x < 14; x++) ink += tensor[y * SIDE + x]!;
    return Float32Array.from({ length: 10 }, (_, digit) => (digit === 3 ? ink : digit === 5 ? -ink : 0));
  });

it('a network that looks at one place is explained by that place', async () => {
  const ink = drawn((x, y) => (x >= 10 && x < 14 && y >= 4 && y < 8) || y > 20);
  const { explanation, maps, runs } = await explained([ink], square);
  expect(explanation).toMatchObject({ width: 14, height: 14, patch: 6 });
  const [three, five, zero] = [maps[0]![3]!, maps[0]![5]!, maps[0]![0]!];
  // Cells (5, 2) to (6, 3) lie on the square, and a patch on each covers all of it. Without its ink all digits are alike.
  const odds = 16 - Math.log(8 + Math.exp(-16)) + Math.log(9);
  for (const cell of [2 * 14 + 5, 2 * 14 + 6, 3 * 14 + 5, 3 * 14 + 6]) {
    expect(three[cell]).toBeCloseTo(odds, 0);
    expect(five[cell]).toBeLessThan(-10);
  }
  // The ink below says nothing, and where there is none nothing can.
  expect(three.filter((value) => value !== 0).length).toBeLessThan(30);
  expect(three.slice(8 * 14).every((value) => value === 0)).toBe(true);
  expect(Math.max(...zero.map(Math.abs))).toBeLessThan(Math.max(...three));
  expect(Math.max(...runs)).toBe(32);
  expect(runs.reduce((sum, count) => sum + count)).toBeLessThan(1 + 14 * 14);
});

it('only so many digits are explained, each by its own ink', async () => {
  const other = drawn((x, y) => x > 20 && y > 20);
  const ink = drawn((x, y) => x >= 10 && x < 14 && y >= 4 && y < 8);
  const { maps } = await explained([other, ink, ...Array(EXPLAINED_MAX).fill(other)], square, {
    batchMax: 7,
  });
  expect(maps).toHaveLength(EXPLAINED_MAX);
  const most = maps.map((map) => Math.max(...map[3]!));
  expect(most.map((value) => value > 1)).toEqual([false, true, ...Array(EXPLAINED_MAX - 2).fill(false)]);
});

it('what makes a seven of a one is its bar', async () => {
  const model = await loadModel({ directory: MODEL, threads: 1 });
  const bar = (x: number, y: number) => y >= 5 && y < 8 && x >= 7 && x < 20;
  const stem = (x: number, y: number) => y >= 5 && y < 24 && Math.abs(x - (19 - (y - 5) * 0.4)) < 1.6;
  const seven = drawn((x, y) => bar(x, y) || stem(x, y));
  const read = async (pixels: Uint8Array) => {
    const [logits] = await model.run([toTensor(pixels, model.manifest)]);
    return postprocess(logits!, model.manifest).digit;
  };
  expect([await read(seven), await read(drawn(stem))]).toEqual([7, 1]);
  const { maps } = await explained([seven], model.run, { manifest: model.manifest });
  const best = (map: readonly number[]) => {
    const cell = map.indexOf(Math.max(...map));
    return { x: 2 * (cell % 14), y: 2 * Math.floor(cell / 14) };
  };
  const most = best(maps[0]![7]!);
  expect(most.y).toBeLessThan(10);
  expect(most.x).toBeLessThan(18);
  // The same ink speaks against a one.
  const against = best(maps[0]![1]!.map((value) => -value));
  expect(against.y).toBeLessThan(10);
  await model.close();
});
