import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { modelManifest } from '@inkqueue/shared/contracts/model';
import { z } from 'zod';
import { fileError } from './evaluation-error.ts';
import type { Figures } from './figures.ts';

/**
 * Adds the figures to the model's evaluation.json, which holds one entry per set of pictures.
 * @throws EvaluationError where the file can't be read or written
 */
export async function keep(directory: string, set: string, added: Figures): Promise<void> {
  const path = join(directory, 'evaluation.json');
  const text = await readFile(path, 'utf8').catch(emptyWhenMissing);
  const kept = z.record(z.string(), z.unknown()).parse(JSON.parse(text));
  // Which pictures were refused is in the report; their names are nobody else's matter.
  const { errors, ...figures } = added;
  const entry = { ...figures, refused: errors.filter(({ code }) => code !== 'malformed-row').length };
  await write(path, `${JSON.stringify({ ...kept, [set]: entry }, null, 1)}\n`);
}

function emptyWhenMissing(error: NodeJS.ErrnoException): string {
  return error.code === 'ENOENT' ? '{}' : fileError('The results can’t be kept')(error);
}

/**
 * Writes the main figures into the manifest, which keeps its other fields and the figures of other sets.
 * @throws EvaluationError where the file can't be written
 */
export async function publish(directory: string, set: string, figures: Figures): Promise<void> {
  const path = join(directory, 'model.json');
  const manifest = modelManifest.parse(JSON.parse(await readFile(path, 'utf8')));
  const { digits, nonDigits } = figures;
  manifest.metrics[set] = {
    n: digits.n,
    accuracy: rounded(figures.accuracy),
    ece: rounded(figures.ece),
    uncertain: digits.uncertain,
    by_kind: Object.fromEntries(
      Object.entries(figures.byKind).map(([kind, { n, accuracy }]) => [
        kind,
        { n, accuracy: rounded(accuracy) },
      ]),
    ),
    ...(nonDigits.n > 0 && {
      non_digits: { ...nonDigits, auroc: nonDigits.auroc === null ? null : rounded(nonDigits.auroc) },
    }),
  };
  await write(path, `${JSON.stringify(manifest, null, 2)}\n`);
}

async function write(path: string, text: string): Promise<void> {
  await writeFile(path, text).catch(fileError('The results can’t be kept'));
}

function rounded(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}
