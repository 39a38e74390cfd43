import type { ModelClient } from '../api/models.ts';
import { RequestFailure } from '../api/request-failure.ts';
import type { ModelEvent } from '../state/model.ts';
import type { PageStore } from '../state/page.ts';
import type { Place } from '../state/place.ts';

/** Fetches what a model's own place shows. */
export function createModelActions(options: {
  store: PageStore;
  /** Fetched on first use, as the place is: few people go there. */
  client: () => Promise<ModelClient>;
}) {
  const { store } = options;
  const emit = (event: ModelEvent) => store.dispatch({ type: 'model', event });
  let visit = new AbortController();

  /** The client's code is as far away as the service. */
  async function fetchClient(): Promise<ModelClient> {
    try {
      return await options.client();
    } catch (error) {
      // A dynamic import that fails throws a TypeError, whatever the reason.
      if (!(error instanceof TypeError)) throw error;
      throw new RequestFailure({ code: 'unreachable', retryable: true, cause: error });
    }
  }

  async function open(name: string): Promise<void> {
    visit.abort();
    visit = new AbortController();
    const { signal } = visit;
    emit({ type: 'opened', name });
    try {
      const client = await fetchClient();
      const [manifest, card] = await Promise.all([client.manifest(name, signal), client.card(name, signal)]);
      emit({ type: 'came', name, manifest, card });
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof RequestFailure)) throw error;
      emit({ type: 'failed', name, code: error.code, retryable: error.retryable });
    }
  }

  return {
    open: (name: string) => void open(name),
    /** The page is at `place` from now on. */
    visit(place: Place): void {
      if (place.name === 'model') void open(place.model);
      else if (store.state().model) {
        visit.abort();
        emit({ type: 'left' });
      }
    },
  };
}
export type ModelActions = ReturnType<typeof createModelActions>;
