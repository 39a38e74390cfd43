import { modelManifest } from '@inkqueue/shared/contracts/model';
import { modelCard } from '@inkqueue/shared/contracts/model-card';
import type { JsonRequest } from './request.ts';

/** The requests on models. Each throws `RequestFailure` or, when aborted, the signal's reason. */
export function createModelClient(request: JsonRequest) {
  const at = (name: string) => `../models/${encodeURIComponent(name)}`;
  return {
    manifest: (name: string, signal: AbortSignal) => request(at(name), { signal }, modelManifest),
    card: (name: string, signal: AbortSignal) => request(`${at(name)}/card`, { signal }, modelCard),
  };
}
export type ModelClient = ReturnType<typeof createModelClient>;
