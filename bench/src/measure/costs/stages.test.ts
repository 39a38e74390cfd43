import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type CpuProfile, OWN, SHARED, timeByStage } from './stages.ts';

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

test('the queue’s work for a finished job does not count as fetching one', () => {
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

test('idle time does not count', () => {
  expect(timeByStage(profileOf([['', '(idle)']]), 'api')).toEqual(new Map());
});

test('a folder or a package is not taken for one whose name begins alike', () => {
  const profile = profileOf(
    [['file:///x/worker/dist/pipeline/normalize/ink/find.js', 'findDigit']],
    [['file:///x/worker/dist/pipeline/normalize.js', 'normalize']],
    [['file:///x/worker/dist/processor.js', 'outcomeOf']],
    [['file:///x/node_modules/koa-compose/index.js', 'dispatch']],
  );
  expect(timeByStage(profile, 'worker')).toEqual(
    new Map([
      ['normalise', 20],
      ['process', 10],
      ['HTTP', 10],
    ]),
  );
});

const places = (rules: typeof SHARED, kind: 'code' | 'packages') => [
  ...new Set(rules.flatMap((rule) => rule[kind] ?? [])),
];

/** Where a place is in this checkout: "worker/pipeline/decode/" is a folder of sources, "worker/consumer" one source. */
function sourceOf(path: string): URL {
  const source = path.replace('/', '/src/');
  return new URL(`../../../../${source}${path.endsWith('/') ? '' : '.ts'}`, import.meta.url);
}

test.each([...places(OWN.worker, 'code'), ...places(OWN.api, 'code')])('%s exists', (path) => {
  expect(existsSync(sourceOf(path))).toBe(true);
});

test.each(places([...OWN.worker, ...OWN.api, ...SHARED], 'packages'))('%s is installed', (path) => {
  const folders = ['', 'api/', 'worker/'].map((workspace) => `../../../../${workspace}node_modules/${path}`);
  expect(folders.some((folder) => existsSync(new URL(folder, import.meta.url)))).toBe(true);
});
