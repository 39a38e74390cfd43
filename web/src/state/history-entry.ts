import {
  digitsText,
  type Prediction,
  type PredictionPreview,
  predictionId,
  predictionPreview,
  probability,
} from '@inkqueue/shared/contracts/prediction';
import { z } from 'zod/mini';
import { NAME_MAX_CHARS } from './prediction/kept.ts';

/** In base64: a network input of 64 × 64 pixels still fits. */
const PREVIEW_MAX_CHARS = 6_000;
/** Of a longer number the network inputs of the first digits are stored. */
const PREVIEW_MAX_DIGITS = 8;

const source = z.union([
  z.object({ kind: z.literal('drawing') }),
  z.object({ kind: z.literal('file'), name: z.string().check(z.maxLength(NAME_MAX_CHARS)) }),
]);
export type EntrySource = z.infer<typeof source>;

/** A finished prediction as this browser stores it. */
const historyEntry = z.object({
  id: predictionId,
  at: z.iso.datetime(),
  source,
  text: digitsText,
  confidence: probability,
  uncertain: z.boolean(),
  preview: z.nullable(predictionPreview),
});
export type HistoryEntry = z.infer<typeof historyEntry>;

/** The entry in what the browser has kept; null where it is none. Earlier versions of the page stored one digit in place of the text. */
export function parseEntry(kept: unknown): HistoryEntry | null {
  const entry = { ...(kept as { digit?: unknown } | null) };
  return historyEntry.safeParse({ text: String(entry.digit), ...entry }).data ?? null;
}

/** The part of a prediction that the history stores; null while the prediction has no result. */
export function toHistoryEntry(prediction: Prediction, from: EntrySource): HistoryEntry | null {
  const { id, result, preview } = prediction;
  if (!result) return null;
  return {
    id,
    at: prediction.finished_at ?? prediction.created_at,
    source: from.kind === 'file' ? { ...from, name: from.name.slice(0, NAME_MAX_CHARS) } : from,
    text: result.text,
    confidence: result.confidence,
    uncertain: result.uncertain,
    preview: preview && preview.pixels.length <= PREVIEW_MAX_CHARS ? shortened(preview) : null,
  };
}

function shortened(preview: PredictionPreview): PredictionPreview {
  const { digits } = preview;
  return digits ? { ...preview, digits: digits.slice(0, PREVIEW_MAX_DIGITS) } : preview;
}
