import { findBatch } from './batch/batch.ts';
import { type PageState, shownPrediction } from './page.ts';
import type { Failure } from './prediction/failure.ts';
import { isPending } from './prediction/tracked-prediction.ts';

/** What is to be said of the connection: no network, no response, or no socket while somebody waits; null when nothing. */
export function connectionToNote(state: PageState): 'offline' | 'away' | 'polling' | null {
  if (isSaidAlready(state)) return null;
  if (!state.online) return 'offline';
  if (state.reachable && state.channel !== 'polling') return null;
  if (!isWaited(state)) return null;
  return state.reachable ? 'polling' : 'away';
}

/** Whether the place says itself that the service cannot be reached. */
function isSaidAlready(state: PageState): boolean {
  const { place, linked, batches } = state;
  if (place.name === 'desk') return isUnreached(shownPrediction(state).failure);
  if (place.name === 'result') return isUnreached(linked.failure);
  const batch = place.name === 'batch' ? findBatch(batches, place.id) : null;
  if (!batch) return false;
  const retrying = batch.items.find(({ tracked }) => tracked.failure?.retryAt)?.tracked.failure;
  return isUnreached(retrying ?? batch.failure);
}

function isUnreached(failure: Pick<Failure, 'code'> | null): boolean {
  return failure?.code === 'offline' || failure?.code === 'unreachable';
}

/** Whether any prediction of the page takes long. */
function isWaited({ drawing, linked, images, batches }: PageState): boolean {
  const all = [
    { tracked: drawing },
    { tracked: linked },
    ...images,
    ...batches.flatMap(({ items }) => items),
  ];
  return all.some(({ tracked }) => tracked.slow && isPending(tracked));
}
