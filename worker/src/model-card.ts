import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ModelManifest } from '@inkqueue/shared/contracts/model';
import { type ModelCard, measuredSet } from '@inkqueue/shared/contracts/model-card';
import type { Logger } from '@inkqueue/shared/node/log';
import { z } from 'zod';

/** More than a card needs; it goes through Redis. */
const CARD_MAX_CHARS = 100_000;

/** The part of evaluation.json that people are shown. */
const evaluation = z.record(
  z.string(),
  z.object({
    accuracy: measuredSet.shape.accuracy,
    digits: z.object({ n: z.int() }),
    byKind: z.record(z.string(), z.object({ n: z.int(), correct: z.int() })),
    confusion: measuredSet.shape.confusion,
    reliability: measuredSet.shape.reliability,
  }),
);

/**
 * What the model's folder says of it: README.md and evaluation.json, each where there is one. A folder of another shape keeps no worker
 * from reading digits: what cannot be understood is left out, and logged.
 */
export async function readModelCard(options: {
  directory: string;
  manifest: Pick<ModelManifest, 'name' | 'version'>;
  log: Pick<Logger, 'warn'>;
}): Promise<ModelCard> {
  const { directory, manifest, log } = options;
  const [card, figures] = await Promise.all(
    ['README.md', 'evaluation.json'].map((file) =>
      readFile(join(directory, file), 'utf8').catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'ENOENT') log.warn({ err: error }, `${file} of the model cannot be read`);
        return null;
      }),
    ),
  );
  const { name, version } = manifest;
  return { name, version, card: card?.slice(0, CARD_MAX_CHARS) ?? null, sets: setsOf(figures ?? null, log) };
}

function setsOf(text: string | null, log: Pick<Logger, 'warn'>): ModelCard['sets'] {
  if (text === null) return {};
  const parsed = evaluation.safeParse(parseJson(text));
  if (!parsed.success) {
    log.warn({ err: parsed.error }, 'evaluation.json of the model is not understood');
    return {};
  }
  return Object.fromEntries(
    Object.entries(parsed.data).map(([set, { accuracy, digits, byKind, confusion, reliability }]) => {
      const by_kind = Object.fromEntries(
        Object.entries(byKind).map(([kind, { n, correct }]) => [kind, { n, correct }]),
      );
      return [set, { n: digits.n, accuracy, by_kind, confusion, ...(reliability && { reliability }) }];
    }),
  );
}

/** Undefined where the text is not JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return undefined;
  }
}
