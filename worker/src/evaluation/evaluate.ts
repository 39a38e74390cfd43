/**
 * Measures a model through the production code.
 *
 *   npm run evaluate                                   MNIST's test digits
 *   npm run --silent evaluate -- --labels TABLE --json any labelled pictures (see labels.ts)
 *
 * --model FOLDER (models/mnist-cnn), --mistakes FOLDER to look at what was misread, --json for programs. The results
 * are kept in the model's evaluation.json under the name of the table's folder; --publish also writes the main figures
 * into the manifest, from where GET /models serves them.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { modelManifest } from '@inkqueue/shared/contracts/model';
import { z } from 'zod';
import { createDecoder } from '../decode.ts';
import { loadModel } from '../model.ts';
import { type Figures, summarize } from './figures.ts';
import { writeMistakes } from './mistakes.ts';
import { readPictures } from './pipeline.ts';
import { formatReport } from './report.ts';
import { mnistSources, tableSources } from './sources.ts';

const shipped = resolve(import.meta.dirname, '../../../models/mnist-cnn');

const { values } = parseArgs({
  options: {
    labels: { type: 'string' },
    model: { type: 'string', default: shipped },
    mistakes: { type: 'string' },
    json: { type: 'boolean', default: false },
    publish: { type: 'boolean', default: false },
  },
});

const name = values.labels ? basename(dirname(resolve(values.labels))) : 'mnist-test';
const sources = values.labels ? await tableSources(values.labels) : await mnistSources();
const model = await loadModel({ directory: values.model, threads: 1 });
const outcomes = await readPictures(sources, {
  model,
  decoder: createDecoder({ pixelsMax: 40e6 }),
  onProgress: (done) => {
    if (process.stderr.isTTY) process.stderr.write(`\r${done} of ${sources.length} `);
  },
});
if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
const figures = summarize(outcomes);
await keep(values.model, name, figures);
if (values.publish) await publish(values.model, name, figures);
process.stdout.write(values.json ? `${JSON.stringify(figures)}\n` : formatReport(name, figures));
if (values.mistakes) {
  const written = await writeMistakes(values.mistakes, sources, outcomes);
  process.stderr.write(`${written} misread pictures written to ${values.mistakes}\n`);
}
await model.close();

/** Adds the figures to the model's evaluation.json, which holds one entry per set of pictures. */
async function keep(directory: string, set: string, added: Figures): Promise<void> {
  const path = join(directory, 'evaluation.json');
  const text = await readFile(path, 'utf8').catch(emptyWhenMissing);
  const kept = z.record(z.string(), z.unknown()).parse(JSON.parse(text));
  // Which pictures were refused is in the report; their names are nobody else's matter.
  const { errors, ...figures } = added;
  const entry = { ...figures, refused: errors.length };
  await writeFile(path, `${JSON.stringify({ ...kept, [set]: entry }, null, 1)}\n`);
}

function emptyWhenMissing(error: NodeJS.ErrnoException): string {
  if (error.code === 'ENOENT') return '{}';
  throw error;
}

/** The manifest keeps its other fields and the figures of other sets. */
async function publish(directory: string, set: string, { digits, accuracy, ece }: Figures): Promise<void> {
  const path = join(directory, 'model.json');
  const manifest = modelManifest.parse(JSON.parse(await readFile(path, 'utf8')));
  manifest.metrics[set] = { n: digits.n, accuracy, ece };
  await writeFile(path, `${JSON.stringify(manifest, null, 2)}\n`);
}
