/**
 * Measures a model through the worker's pipeline.
 *
 *   npm run evaluate                                   MNIST's test digits
 *   npm run --silent evaluate -- --labels TABLE --json any labelled images (see labels.ts)
 *   npm run evaluate -- --hard                         pictures that are hard to read, drawn of MNIST's test digits
 *
 * --model FOLDER (models/mnist-cnn), --mistakes FOLDER for images of the mistakes, --json for programs. MNIST's figures are
 * always recorded in the model's evaluation.json. --publish records a table's figures there too, under the name of the
 * table's folder, or those of the hard pictures as “hard”, and writes the main figures into the manifest, from where
 * GET /models serves them.
 */
import { basename, dirname, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { runMain, UserError } from '@inkqueue/shared/node/user-error';
import { loadModel } from '@inkqueue/worker/pipeline/model';
import { createPreprocess } from '@inkqueue/worker/pipeline/preprocess';
import { summarize } from './figures.ts';
import { formatKinds, summarizeKinds } from './hard/kind-figures.ts';
import { hardSources } from './hard/pictures.ts';
import { measureImages } from './measure.ts';
import { createFolder, writeMistakes } from './mistakes.ts';
import { readMnist } from './mnist.ts';
import { publishFigures, recordFigures } from './record.ts';
import { formatReport } from './report.ts';
import { mnistSources, type Sources, tableSources } from './sources.ts';

const SHIPPED = resolve(import.meta.dirname, '../../mnist-cnn');
const USAGE =
  'npm run evaluate -- [--labels TABLE | --hard] [--model FOLDER] [--mistakes FOLDER] [--json] [--publish]';
const DECODE_MAX_BYTES = 512_000_000;

interface Options {
  labels?: string | undefined;
  hard: boolean;
  model: string;
  mistakes?: string | undefined;
  json: boolean;
  publish: boolean;
}

function parseOptions(): Options {
  try {
    return parseArgs({
      options: {
        labels: { type: 'string' },
        hard: { type: 'boolean', default: false },
        model: { type: 'string', default: SHIPPED },
        mistakes: { type: 'string' },
        json: { type: 'boolean', default: false },
        publish: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new UserError(`${error.message}\nUsage: ${USAGE}`);
  }
}

async function evaluate(): Promise<void> {
  const options = parseOptions();
  const table = options.labels && resolve(options.labels);
  if (table && options.hard) throw new UserError(`Choose one of --labels and --hard.\nUsage: ${USAGE}`);
  const name = table ? basename(dirname(table)) : options.hard ? 'hard' : 'mnist-test';
  const { sources, malformed } = await chooseSources(table, options.hard);
  // A folder that cannot be written fails before a minute's work, not after it.
  if (options.mistakes) await createFolder(options.mistakes);
  const model = await loadModel({ directory: options.model, threads: 1 });
  const measurements = await measureImages(sources, {
    model,
    preprocess: createPreprocess({ manifest: model.manifest, memoryMax: DECODE_MAX_BYTES }),
    onProgress: (done) => showProgress(`${done} of ${sources.length} `),
  });
  await model.close();
  showProgress('\x1b[K');
  const figures = summarize(measurements, malformed);
  const kinds = options.hard ? summarizeKinds(measurements) : null;
  process.stdout.write(
    options.json
      ? `${JSON.stringify({ ...figures, ...(kinds && { kinds }) })}\n`
      : `${formatReport(name, figures)}${kinds ? `\n${formatKinds(kinds)}` : ''}`,
  );
  if (options.mistakes) {
    const written = await writeMistakes(options.mistakes, sources, measurements);
    process.stderr.write(`${written} misread pictures written to ${options.mistakes}\n`);
  }
  if (options.publish || !(table || options.hard)) await recordFigures(options.model, name, figures);
  if (options.publish) await publishFigures(options.model, name, figures);
}

async function chooseSources(table: string | undefined, hard: boolean): Promise<Sources> {
  if (table) return tableSources(table);
  return hard ? { sources: hardSources(await readMnist('t10k')), malformed: [] } : mnistSources();
}

function showProgress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r${text}`);
}

runMain('evaluate', evaluate);
