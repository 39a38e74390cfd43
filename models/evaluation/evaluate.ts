/**
 * Measures a model through the worker's pipeline.
 *
 *   npm run evaluate                                   MNIST's test digits
 *   npm run --silent evaluate -- --labels TABLE --json any labelled images (see labels.ts)
 *
 * --model FOLDER (models/mnist-cnn), --mistakes FOLDER for images of the mistakes, --json for programs. MNIST's figures are
 * always recorded in the model's evaluation.json. --publish records a table's figures there too, under the name of the
 * table's folder, and writes the main figures into the manifest, from where GET /models serves them.
 */
import { basename, dirname, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { runMain, UserError } from '@inkqueue/shared/node/user-error';
import { loadModel } from '@inkqueue/worker/pipeline/model';
import { createPreprocess } from '@inkqueue/worker/pipeline/preprocess';
import { summarize } from './figures.ts';
import { measureImages } from './measure.ts';
import { createFolder, writeMistakes } from './mistakes.ts';
import { publishFigures, recordFigures } from './record.ts';
import { formatReport } from './report.ts';
import { mnistSources, tableSources } from './sources.ts';

const SHIPPED = resolve(import.meta.dirname, '../../mnist-cnn');
const USAGE =
  'npm run evaluate -- [--labels TABLE] [--model FOLDER] [--mistakes FOLDER] [--json] [--publish]';
const DECODE_MAX_BYTES = 512_000_000;

interface Options {
  labels?: string | undefined;
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
  const name = table ? basename(dirname(table)) : 'mnist-test';
  const { sources, malformed } = table ? await tableSources(table) : await mnistSources();
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
  process.stdout.write(options.json ? `${JSON.stringify(figures)}\n` : formatReport(name, figures));
  if (options.mistakes) {
    const written = await writeMistakes(options.mistakes, sources, measurements);
    process.stderr.write(`${written} misread pictures written to ${options.mistakes}\n`);
  }
  if (options.publish || !table) await recordFigures(options.model, name, figures);
  if (options.publish) await publishFigures(options.model, name, figures);
}

function showProgress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r${text}`);
}

runMain('evaluate', evaluate);
