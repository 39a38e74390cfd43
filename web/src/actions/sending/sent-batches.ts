import type { TrackedPrediction } from '../../state/prediction/tracked-prediction.ts';
import type { SentBatch } from './batch-tracker.ts';

/** An image, by what the service knows it. */
export interface SentItem {
  key: string;
  tracked: Pick<TrackedPrediction, 'accepted'>;
}

/** The batches that the service has accepted these images in; images that it has not accepted are left out. */
export function sentBatches(items: readonly SentItem[]): readonly SentBatch[] {
  const sent = new Map<string, SentBatch & { images: { key: string; index: number }[] }>();
  for (const { key, tracked } of items) {
    const { accepted } = tracked;
    if (!accepted || !('batchId' in accepted)) continue;
    const { batchId: id, total, index } = accepted;
    const batch = sent.get(id) ?? { id, total, images: [] };
    batch.images.push({ key, index });
    sent.set(id, batch);
  }
  return [...sent.values()];
}
