import {
  digit,
  type Prediction,
  predictionId,
  predictionPreview,
  probability,
} from '@inkqueue/shared/contracts/prediction';
import { z } from 'zod/mini';

const NAME_MAX = 255;
/** Characters of base64: a network's input of 64 × 64 pixels still fits. */
const PREVIEW_MAX = 6_000;

const source = z.union([
  z.object({ kind: z.literal('drawing') }),
  z.object({ kind: z.literal('file'), name: z.string().check(z.maxLength(NAME_MAX)) }),
]);
export type EntrySource = z.infer<typeof source>;

/** A finished prediction as this browser remembers it. */
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

/** What is worth remembering of a prediction; null while it has no result. */
export function entryOf(prediction: Prediction, from: EntrySource): HistoryEntry | null {
  const { id, result, preview } = prediction;
  if (!result) return null;
  return {
    id,
    at: prediction.finished_at ?? prediction.created_at,
    source: from.kind === 'file' ? { ...from, name: from.name.slice(0, NAME_MAX) } : from,
    digit: result.predicted_digit,
    confidence: result.confidence,
    uncertain: result.uncertain,
    preview: preview && preview.pixels.length <= PREVIEW_MAX ? preview : null,
  };
}
