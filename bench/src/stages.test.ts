import { expect, test } from 'vitest';
import { type CpuProfile, timeByStage } from './stages.ts';

/** A profile of one sample of 10 µs for each stack; frames are "file function", the root first. */
function profileOf(...stacks: [file: string, fn: string][][]): CpuProfile {
  const nodes: CpuProfile['nodes'] = [];
  const samples = stacks.map((stack) => {
    for (const [i, [url, functionName]] of stack.entries()) {
      const children = i + 1 < stack.length ? [nodes.length + 2] : [];
      nodes.push({ id: nodes.length + 1, callFrame: { url, functionName }, children });
    }
    return nodes.length;
  });
  return { nodes, samples, timeDeltas: samples.map(() => 10) };
}

test('native code counts for the stage that called it', () => {
  const profile = profileOf([
    ['', '(root)'],
    ['file:///x/worker/dist/pipeline/model.js', 'run'],
    ['file:///x/node_modules/onnxruntime-node/dist/backend.js', 'run'],
    ['', 'run'],
  ]);
  expect(timeByStage(profile, 'worker')).toEqual(new Map([['infer', 10]]));
});

test('the queue’s work for a finished job is not taken for fetching one', () => {
  const scripts = 'file:///x/node_modules/bullmq/dist/esm/classes/scripts.js';
  const profile = profileOf(
    [
      [scripts, 'moveToFinished'],
      [scripts, 'execCommand'],
    ],
    [
      [scripts, 'moveToActive'],
      [scripts, 'execCommand'],
    ],
  );
  expect(timeByStage(profile, 'worker')).toEqual(
    new Map([
      ['complete', 10],
      ['take', 10],
    ]),
  );
});

test('idle time is no cost', () => {
  expect(timeByStage(profileOf([['', '(idle)']]), 'api')).toEqual(new Map());
});
