/**
 * Measures a model through the production code.
 *
 *   npm run evaluate                                   MNIST's test digits
 *   npm run --silent evaluate -- --labels TABLE --json any labelled pictures (see labels.ts)
 *
 * --model FOLDER (models/mnist-cnn), --mistakes FOLDER to look at what was misread, --json for programs. What MNIST gives
 * is kept in the model's evaluation.json. --publish keeps what a table gives there too, under the name of its folder,
 * and writes the main figures into the manifest, from where GET /models serves them.
 */
import { basename, dirname, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { UserError } from '@inkqueue/shared/node/user-error';
import { createDecoder } from '@inkqueue/worker/pipeline/decode/decoder';
import { loadModel } from '@inkqueue/worker/pipeline/model';
import { EvaluationError } from './evaluation-error.ts';
import { summarize } from './figures.ts';
import { createFolder, writeMistakes } from './mistakes.ts';
import { readPictures } from './pipeline.ts';
import { keep, publish } from './record.ts';
import { formatReport } from './report.ts';
import { mnistSources, tableSources } from './sources.ts';

const shipped = resolve(import.meta.dirname, '../../mnist-cnn');
const usage =
  'npm run evaluate -- [--labels TABLE] [--model FOLDER] [--mistakes FOLDER] [--json] [--publish]';

interface Options {
  labels?: string | undefined;
  model: string;
  mistakes?: string | undefined;
  json: boolean;
  publish: boolean;
}

function readOptions(): Options {
  try {
    return parseArgs({
      options: {
        labels: { type: 'string' },
        model: { type: 'string', default: shipped },
        mistakes: { type: 'string' },
        json: { type: 'boolean', default: false },
        publish: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new EvaluationError(`${error.message}\nUsage: ${usage}`);
  }
}

async function evaluate(options: Options): Promise<void> {
  const table = options.labels && resolve(options.labels);
  const name = table ? basename(dirname(table)) : 'mnist-test';
  const { sources, malformed } = table ? await tableSources(table) : await mnistSources();
  // A folder that can't be written is known before a minute's work, not after it.
  if (options.mistakes) await createFolder(options.mistakes);
  const model = await loadModel({ directory: options.model, threads: 1 });
  const decoder = createDecoder({ pixelsMax: 40e6 });
  const outcomes = await readPictures(sources, {
    model,
    decoder,
    onProgress: (done) => showProgress(`${done} of ${sources.length} `),
  });
  await model.close();
  showProgress('\x1b[K');
  const figures = summarize(outcomes, malformed);
  process.stdout.write(options.json ? `${JSON.stringify(figures)}\n` : formatReport(name, figures));
  if (options.mistakes) {
    const written = await writeMistakes(options.mistakes, sources, outcomes);
    process.stderr.write(`${written} misread pictures written to ${options.mistakes}\n`);
  }
  if (options.publish || !table) await keep(options.model, name, figures);
  if (options.publish) await publish(options.model, name, figures);
}

function showProgress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r${text}`);
}

try {
  await evaluate(readOptions());
} catch (error) {
  if (!(error instanceof EvaluationError || error instanceof UserError)) throw error;
  process.stderr.write(`evaluate: ${error.message}\n`);
  process.exitCode = 1;
}
