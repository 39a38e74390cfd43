import { expect, test, vi } from 'vitest';
import { createBatcher } from './batcher.ts';

/** A network whose logits are each image's value and its double; the test ends each run. */
function slowNetwork() {
  const runs: { input: number[]; end: () => void; fail: (reason: Error) => void }[] = [];
  const run = (tensors: readonly Float32Array[]) =>
    new Promise<Float32Array[]>((resolve, reject) => {
      const input = tensors.map(([value]) => value!);
      const end = () => resolve(input.map((value) => Float32Array.of(value, 2 * value)));
      runs.push({ input, end, fail: reject });
    });
  return { runs, run };
}

const tensorsOf = (...values: number[]) => values.map((value) => Float32Array.of(value));
const turn = () => new Promise((done) => setImmediate(done));

test('an idle network starts within the same turn, with no timer', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'setInterval'] });
  const { runs, run } = slowNetwork();
  const { infer } = createBatcher({ model: { run }, batchMax: 8 });
  const inference = infer(tensorsOf(3));
  await turn();
  expect(runs).toHaveLength(1);
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
  runs[0]!.end();
  expect(await inference).toMatchObject({ batchSize: 1, logits: [Float32Array.of(3, 6)] });
});

test('tensors that wait in one turn run together, and each gets its logits', async () => {
  const { runs, run } = slowNetwork();
  const { infer } = createBatcher({ model: { run }, batchMax: 8 });
  const inferences = [1, 2, 3].map((value) => infer(tensorsOf(value)));
  await turn();
  expect(runs.map(({ input }) => input)).toEqual([[1, 2, 3]]);
  runs[0]!.end();
  expect((await Promise.all(inferences)).map(({ logits }) => logits)).toEqual([
    [Float32Array.of(1, 2)],
    [Float32Array.of(2, 4)],
    [Float32Array.of(3, 6)],
  ]);
});

test('tensors that come during a run make up the next one, and no micro-batch passes the bound', async () => {
  const { runs, run } = slowNetwork();
  const { infer } = createBatcher({ model: { run }, batchMax: 2 });
  const inferences = [infer(tensorsOf(1))];
  await turn();
  inferences.push(...[2, 3, 4].map((value) => infer(tensorsOf(value))));
  await turn();
  expect(runs.map(({ input }) => input)).toEqual([[1]]);
  for (let i = 0; i < 3; i++) {
    runs[i]!.end();
    await turn();
  }
  expect(runs.map(({ input }) => input)).toEqual([[1], [2, 3], [4]]);
  expect((await Promise.all(inferences)).map(({ batchSize }) => batchSize)).toEqual([1, 2, 2, 1]);
});

test('the tensors of an image run together, also where it has more than the bound', async () => {
  const { runs, run } = slowNetwork();
  const { infer } = createBatcher({ model: { run }, batchMax: 4 });
  const images = [[1, 2, 3], [4], [5, 6], [7, 8, 9, 10, 11, 12], [13]];
  const inferences = images.map((values) => infer(tensorsOf(...values)));
  for (let i = 0; i < 4; i++) {
    await turn();
    runs[i]!.end();
  }
  expect(runs.map(({ input }) => input)).toEqual([[1, 2, 3, 4], [5, 6], [7, 8, 9, 10, 11, 12], [13]]);
  const ends = await Promise.all(inferences);
  expect(ends.map(({ batchSize }) => batchSize)).toEqual([4, 4, 2, 6, 1]);
  expect(ends.map(({ logits }) => logits.map(([value]) => value))).toEqual(images);
});

test('a run that fails fails its own images, and none after them', async () => {
  const { runs, run } = slowNetwork();
  const { infer } = createBatcher({ model: { run }, batchMax: 2 });
  const doomed = Promise.allSettled([infer(tensorsOf(1)), infer(tensorsOf(2))]);
  const next = infer(tensorsOf(3));
  await turn();
  runs[0]!.fail(new Error('out of memory'));
  expect((await doomed).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  await turn();
  runs[1]!.end();
  expect(await next).toMatchObject({ batchSize: 1 });
});

test('the network is idle again after the last run', async () => {
  const { runs, run } = slowNetwork();
  const { infer } = createBatcher({ model: { run }, batchMax: 2 });
  for (let i = 0; i < 3; i++) {
    const inference = infer(tensorsOf(i));
    await turn();
    runs[i]!.end();
    await inference;
  }
  expect(runs.map(({ input }) => input)).toEqual([[0], [1], [2]]);
});
