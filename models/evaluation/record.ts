import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { modelManifest } from '@inkqueue/shared/contracts/model';
import { z } from 'zod';
import type { EvaluationFigures } from './figures.ts';
import { fileError } from './file-error.ts';

/**
 * Writes the figures of a set of images into the model's evaluation.json, beside those of other sets.
 * @throws UserError where the file cannot be read or written
 */
export async function recordFigures(
  directory: string,
  set: string,
  figures: EvaluationFigures,
): Promise<void> {
  const path = join(directory, 'evaluation.json');
  const text = await readFile(path, 'utf8').catch(emptyWhenMissing);
  const recorded = z.record(z.string(), z.unknown()).parse(JSON.parse(text));
  // The names of refused images are in the report; they do not belong into a file that is published.
  const { errors, ...rest } = figures;
  const entry = { ...rest, refused: errors.filter(({ code }) => code !== 'malformed-row').length };
  await write(path, `${JSON.stringify({ ...recorded, [set]: entry }, null, 1)}\n`);
}

function emptyWhenMissing(error: NodeJS.ErrnoException): string {
  return error.code === 'ENOENT' ? '{}' : fileError('The results can’t be recorded')(error);
}

/**
 * Writes the main figures into the manifest, beside its other fields and the figures of other sets.
 * @throws UserError where the file cannot be written
 */
export async function publishFigures(
  directory: string,
  set: string,
  figures: EvaluationFigures,
): Promise<void> {
  const path = join(directory, 'model.json');
  const manifest = modelManifest.parse(JSON.parse(await readFile(path, 'utf8')));
  const { digits, nonDigits, numbers } = figures;
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
    ...(numbers.n > 0 && {
      numbers: {
        n: numbers.n,
        exact: numbers.exact,
        digit_error_rate: rounded(numbers.digitErrorRate),
        confident_single: numbers.confidentSingle,
      },
    }),
  };
  await write(path, `${JSON.stringify(manifest, null, 2)}\n`);
}

async function write(path: string, text: string): Promise<void> {
  await writeFile(path, text).catch(fileError('The results can’t be recorded'));
}

function rounded(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}
