import { type ExecFileException, execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { modelManifest } from '@inkqueue/shared/contracts/model';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { blankPage, digitPng, numberPng } from './pictures.ts';

const EVALUATE = fileURLToPath(new URL('../../models/dist/evaluation/evaluate.js', import.meta.url));
const SHIPPED = fileURLToPath(new URL('../../models/mnist-cnn', import.meta.url));

let folder: string;
let model: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'evaluate-'));
  model = join(folder, 'model');
  await cp(SHIPPED, model, { recursive: true });
  await picture('single/seven.png', await digitPng(7));
  await picture('single/wrong.png', await digitPng(3));
  await picture('single/text.png', Buffer.from('not an image'));
  await picture('other/blank.png', await blankPage());
  await picture('multi/37.png', await numberPng('37'));
  await table(['single/seven.png\t7', 'single/wrong.png\t8', 'single/text.png\t4', 'single/gone.png\t5']);
});
afterAll(() => rm(folder, { recursive: true }));

async function picture(path: string, bytes: Buffer): Promise<void> {
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), bytes);
}

async function table(rows: string[]): Promise<void> {
  const more = ['single/seven.png\tseven', 'other/blank.png\tblank', 'multi/37.png\t37'];
  await writeFile(join(folder, 'LABELS.tsv'), `path\tlabel\tkind\n${[...rows, ...more].join('\n')}\n`);
}

interface Ended {
  code: number;
  stdout: string;
  stderr: string;
}

function evaluate(...args: string[]): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [EVALUATE, '--model', model, ...args],
      (error: ExecFileException | null, stdout, stderr) =>
        resolve({ code: Number(error?.code ?? 0), stdout, stderr }),
    );
  });
}

const labelled = (...args: string[]) => evaluate('--labels', join(folder, 'LABELS.tsv'), ...args);
const record = () => readFile(join(model, 'evaluation.json'), 'utf8');

test('--json writes the figures and nothing else, and leaves the model as it is', async () => {
  const before = [await record(), await readFile(join(model, 'model.json'), 'utf8')];
  const { code, stdout, stderr } = await labelled('--json');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(JSON.parse(stdout)).toEqual({
    images: 6,
    accuracy: 0.25,
    byKind: { unknown: { n: 4, correct: 1, accuracy: 0.25 } },
    confusion: expect.any(Array),
    ece: expect.any(Number),
    reliability: expect.any(Array),
    digits: { n: 4, correct: 1, uncertain: 2 },
    nonDigits: { n: 1, uncertain: 1, auroc: expect.any(Number) },
    numbers: {
      n: 1,
      exact: 1,
      byKind: { unknown: { n: 1, exact: 1 } },
      digitErrorRate: 0,
      confidentSingle: 0,
    },
    milliseconds: {
      decode: expect.any(Number),
      normalize: expect.any(Number),
      inference: expect.any(Number),
    },
    errors: [
      { path: 'single/text.png', code: 'unsupported-format', detail: expect.any(String) },
      { path: 'single/gone.png', code: 'unreadable-file', detail: expect.any(String) },
      { path: 'other/blank.png', code: 'no-ink', detail: expect.any(String) },
      { path: 'single/seven.png', code: 'malformed-row', detail: 'Line 6: “seven” is not a digit.' },
    ],
  });
  expect([await record(), await readFile(join(model, 'model.json'), 'utf8')]).toEqual(before);
});

test('--publish writes the figures beside the model, and into the manifest by kind', async () => {
  expect(await labelled('--publish')).toMatchObject({ code: 0, stdout: expect.stringContaining('1 of 4') });
  const records = JSON.parse(await record());
  const set = Object.keys(records).at(-1)!;
  expect(records['mnist-test']).toBeDefined();
  expect(records[set]).toMatchObject({ images: 6, refused: 3 });
  const { metrics } = modelManifest.parse(JSON.parse(await readFile(join(model, 'model.json'), 'utf8')));
  expect(metrics[set]).toEqual({
    n: 4,
    accuracy: 0.25,
    ece: expect.any(Number),
    uncertain: 2,
    by_kind: { unknown: { n: 4, accuracy: 0.25 } },
    non_digits: { n: 1, uncertain: 1, auroc: expect.any(Number) },
    numbers: { n: 1, exact: 1, confident_single: 0, digit_error_rate: 0 },
  });
});

test('--mistakes writes the misread images', async () => {
  const mistakes = join(folder, 'mistakes');
  const { stderr } = await labelled('--mistakes', mistakes);
  expect(stderr).toBe(`1 misread pictures written to ${mistakes}\n`);
  expect((await readFile(join(mistakes, 'sheet.png'))).subarray(1, 4).toString()).toBe('PNG');
});

test.each<[string, () => Promise<Ended>, RegExp]>([
  [
    'no table',
    () => evaluate('--labels', join(folder, 'none.tsv')),
    /table can’t be read: ENOENT.*none\.tsv/,
  ],
  ['nothing to measure', async () => evaluate('--labels', await empty()), /no row/],
  [
    'a file for a folder',
    () => labelled('--mistakes', join(folder, 'LABELS.tsv')),
    /Mistakes can’t be written: EEXIST/,
  ],
  ['no model', () => labelled('--model', join(folder, 'single')), /single: model\.json can't be read/],
  ['an unknown option', () => evaluate('--lables', 'x'), /--lables.*\nUsage: npm run evaluate/],
])('%s ends it with one line of explanation', async (_, run, explanation) => {
  const { code, stdout, stderr } = await run();
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toMatch(explanation);
  expect(stderr).toMatch(/^inkqueue evaluate: /);
  expect(stderr).not.toContain('    at ');
});

async function empty(): Promise<string> {
  const path = join(folder, 'empty.tsv');
  await writeFile(path, 'path\tlabel\n\n');
  return path;
}
