import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadModel, type Model } from '@inkqueue/worker/pipeline/model';
import { createPreprocess } from '@inkqueue/worker/pipeline/preprocess';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Path, rasterize } from '../training/examples/pen/polyline.ts';
import { summarize } from './figures.ts';
import { measureImages } from './measure.ts';
import { createFolder, writeMistakes } from './mistakes.ts';
import { formatReport } from './report.ts';
import { type Source, tableSources } from './sources.ts';

const seven: Path = [
  [16, 12],
  [46, 12],
  [28, 54],
];
const one: Path = [
  [32, 10],
  [32, 54],
];
let folder: string;
let model: Model;
let sources: Source[];

/** A stroke of ink on white, as PNG. */
function drawing(path: Path): Promise<Buffer> {
  const { data, width, height } = rasterize([path], 3);
  const page = data.map((ink) => 255 - ink);
  return sharp(page, { raw: { width, height, channels: 1 } })
    .png()
    .toBuffer();
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'evaluation-'));
  model = await loadModel({ directory: join(import.meta.dirname, '../mnist-cnn'), threads: 1 });
  await writeFile(join(folder, 'seven.png'), await drawing(seven));
  await writeFile(join(folder, 'wrong.png'), await drawing(one));
  await writeFile(join(folder, 'blank.png'), await drawing([]));
  await writeFile(join(folder, 'text.png'), 'not an image');
  const rows = ['seven.png\t7', 'wrong.png\t8', 'blank.png\tblank', 'text.png\t4', 'gone.png\t5'];
  await writeFile(join(folder, 'LABELS.tsv'), `path\tlabel\n${rows.join('\n')}\n`);
  ({ sources } = await tableSources(join(folder, 'LABELS.tsv')));
});
afterAll(async () => {
  await model.close();
  await rm(folder, { recursive: true });
});

test('one bad file never ends the evaluation, and mistakes are written beside the network’s input', async () => {
  const preprocess = createPreprocess({ manifest: model.manifest, memoryMax: 1e7 });
  const measurements = await measureImages(sources, { model, preprocess, onProgress: () => {} });
  const figures = summarize(measurements);
  expect(figures.images).toBe(5);
  expect(figures.errors.map(({ path, code }) => [path, code])).toEqual([
    ['blank.png', 'no-ink'],
    ['text.png', 'unsupported-format'],
    ['gone.png', 'unreadable-file'],
  ]);
  expect(figures.digits).toMatchObject({ n: 4, correct: 1 });
  expect(figures.nonDigits).toMatchObject({ n: 1, uncertain: 1, auroc: expect.any(Number) });
  expect(formatReport('test', figures)).toContain('no-ink  blank.png  No ink');

  const mistakes = join(folder, 'mistakes');
  await createFolder(mistakes);
  expect(await writeMistakes(mistakes, sources, measurements)).toBe(1);
  expect(await readdir(mistakes)).toEqual(['8-as-1-wrong.png.png', 'sheet.png']);
});
