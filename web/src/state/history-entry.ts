import {
  digit,
  type Prediction,
  predictionId,
  predictionPreview,
  probability,
} from '@inkqueue/shared/contracts/prediction';
import { z } from 'zod/mini';

const NAME_MAX_CHARS = 255;
/** In base64: a network input of 64 × 64 pixels still fits. */
const PREVIEW_MAX_CHARS = 6_000;

const source = z.union([
  z.object({ kind: z.literal('drawing') }),
  z.object({ kind: z.literal('file'), name: z.string().check(z.maxLength(NAME_MAX_CHARS)) }),
]);
export type EntrySource = z.infer<typeof source>;

/** A finished prediction as this browser stores it. */
export const historyEntry = z.object({
  id: predictionId,
  at: z.iso.datetime(),
  source,
  digit,
  confidence: probability,
  uncertain: z.boolean(),
  preview: z.nullable(predictionPreview),
});
export type HistoryEntry = z.infer<typeof historyEntry>;

/** The part of a prediction that the history stores; null while the prediction has no result. */
export function toHistoryEntry(prediction: Prediction, from: EntrySource): HistoryEntry | null {
  const { id, result, preview } = prediction;
  if (!result) return null;
  return {
    id,
    at: prediction.finished_at ?? prediction.created_at,
    source: from.kind === 'file' ? { ...from, name: from.name.slice(0, NAME_MAX_CHARS) } : from,
    digit: result.predicted_digit,
    confidence: result.confidence,
    uncertain: result.uncertain,
    preview: preview && preview.pixels.length <= PREVIEW_MAX_CHARS ? preview : null,
  };
}
