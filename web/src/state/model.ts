import type { ModelManifest } from '@inkqueue/shared/contracts/model';
import type { ModelCard } from '@inkqueue/shared/contracts/model-card';
import type { FailureCode } from './prediction/failure.ts';

/** A model's own place: what the service says of the model, as far as it has come. */
export interface ModelState {
  name: string;
  shown: { manifest: ModelManifest; card: ModelCard } | null;
  failure: { code: FailureCode; retryable: boolean } | null;
}

export type ModelEvent =
  | { type: 'opened'; name: string }
  | { type: 'came'; name: string; manifest: ModelManifest; card: ModelCard }
  | { type: 'failed'; name: string; code: FailureCode; retryable: boolean }
  | { type: 'left' };

/** The model's place after `event`; what comes for another model is late, and dropped. */
export function nextModel(model: ModelState | null, event: ModelEvent): ModelState | null {
  if (event.type === 'left') return null;
  if (event.type === 'opened') return { name: event.name, shown: null, failure: null };
  if (model?.name !== event.name) return model;
  if (event.type === 'failed') {
    const { code, retryable } = event;
    return { ...model, failure: { code, retryable } };
  }
  const { manifest, card } = event;
  return { ...model, shown: { manifest, card }, failure: null };
}
