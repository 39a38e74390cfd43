import { batch } from '@inkqueue/shared/contracts/batch';
import { isFinal, prediction } from '@inkqueue/shared/contracts/prediction';

/** Codes that name a fault of the service, and none of a picture. */
const OURS = new Set(['internal', 'worker-lost', 'upload-expired']);

/**
 * Looks at the ends of everything that was accepted: each must have one, and none may be a fault of the service.
 *
 * @param accepted ids, with the path and the request that they came from
 */
export async function checkEnds(
  api: { url: string },
  accepted: ReadonlyMap<string, { path: string; index: number }>,
  recipe: (index: number) => string,
): Promise<string[]> {
  const faults: string[] = [];
  for (const [id, { path, index }] of accepted) {
    const isBatch = path.startsWith('/batches');
    const response = await fetch(`${api.url}/${isBatch ? 'batches' : 'predictions'}/${id}`);
    if (response.status === 404 || response.status === 410) continue;
    const json: unknown = await response.json();
    const entries = isBatch
      ? batch.parse(json).predictions.flatMap(({ prediction }) => prediction ?? [])
      : [prediction.parse(json)];
    for (const { status, error } of entries) {
      if (!isFinal(status)) faults.push(`${recipe(index)}\nit never ended: ${status}`);
      if (error && OURS.has(error.code)) faults.push(`${recipe(index)}\nit ended with ${error.code}`);
    }
  }
  return faults;
}
