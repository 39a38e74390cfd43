import { expect, test, vi } from 'vitest';
import { createBatcher } from './batcher.ts';

/** A network whose logits are each picture's value and its double; a run ends when it is let. */
function slowNetwork() {
  const runs: { n: number; input: number[]; end: () => void; fail: (reason: Error) => void }[] = [];
  const run = (input: Float32Array, n: number) =>
    new Promise<Float32Array>((resolve, reject) => {
      const values = [...input];
      const end = () => resolve(Float32Array.from(values.flatMap((value) => [value, 2 * value])));
      runs.push({ n, input: values, end, fail: reject });
    });
  return { runs, run };
}

const picture = (value: number) => Float32Array.of(value);
const turn = () => new Promise((done) => setImmediate(done));

test('an idle network starts within the same turn, with no timer', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'setInterval'] });
  const { runs, run } = slowNetwork();
  const { infer } = createBatcher({ model: { run }, batchMax: 8 });
  const answer = infer(picture(3));
  await turn();
  expect(runs).toHaveLength(1);
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
  runs[0]!.end();
  expect(await answer).toMatchObject({ batchSize: 1, logits: Float32Array.of(3, 6) });
});

test('what waits in one turn runs together, each with its own share', async () => {
  const { runs, run } = slowNetwork();
  const { infer } = createBatcher({ model: { run }, batchMax: 8 });
  const answers = [1, 2, 3].map((value) => infer(picture(value)));
  await turn();
  expect(runs.map(({ n, input }) => [n, input])).toEqual([[3, [1, 2, 3]]]);
  runs[0]!.end();
  expect((await Promise.all(answers)).map(({ logits }) => [...logits])).toEqual([
    [1, 2],
    [2, 4],
    [3, 6],
  ]);
});

test('what comes during a run makes up the next, and no batch passes the bound', async () => {
  const { runs, run } = slowNetwork();
  const { infer } = createBatcher({ model: { run }, batchMax: 2 });
  const answers = [infer(picture(1))];
  await turn();
  answers.push(...[2, 3, 4].map((value) => infer(picture(value))));
  await turn();
  expect(runs.map(({ n }) => n)).toEqual([1]);
  for (let i = 0; i < 3; i++) {
    runs[i]!.end();
    await turn();
  }
  expect(runs.map(({ input }) => input)).toEqual([[1], [2, 3], [4]]);
  expect((await Promise.all(answers)).map(({ batchSize }) => batchSize)).toEqual([1, 2, 2, 1]);
});

test('a run that fails fails its own pictures, and none after them', async () => {
  const { runs, run } = slowNetwork();
  const { infer } = createBatcher({ model: { run }, batchMax: 2 });
  const doomed = Promise.allSettled([infer(picture(1)), infer(picture(2))]);
  const next = infer(picture(3));
  await turn();
  runs[0]!.fail(new Error('out of memory'));
  expect((await doomed).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  await turn();
  runs[1]!.end();
  expect(await next).toMatchObject({ batchSize: 1 });
});

test('it is idle again after the last', async () => {
  const { runs, run } = slowNetwork();
  const { infer } = createBatcher({ model: { run }, batchMax: 2 });
  for (let i = 0; i < 3; i++) {
    const answer = infer(picture(i));
    await turn();
    runs[i]!.end();
    await answer;
  }
  expect(runs.map(({ n }) => n)).toEqual([1, 1, 1]);
});
