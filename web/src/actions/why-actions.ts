import type { PredictionClient } from '../api/predictions.ts';
import { RequestFailure } from '../api/request-failure.ts';
import type { PageStore } from '../state/page.ts';
import type { WhyEvent } from '../state/prediction/explanation.ts';
import { NoImageError } from '../state/prediction/failure.ts';
import type { ImageRequest } from './sending/prediction-tracker.ts';

/** How people ask why a digit was read: the page has its own image read once more, and explained. */
export function createWhyActions(options: {
  store: PageStore;
  client: Pick<PredictionClient, 'explain'>;
  /** The image that was sent under a key; null where the page no longer has it. */
  imageOf: (key: string) => ImageRequest['image'] | null;
}) {
  const { store, client, imageOf } = options;
  const emit = (event: WhyEvent) => store.dispatch({ type: 'why', event });
  let asked = new AbortController();

  async function ask(key: string, predictionId: string, text: string): Promise<void> {
    const image = imageOf(key);
    if (!image) return;
    asked.abort();
    asked = new AbortController();
    const { signal } = asked;
    emit({ type: 'asked', predictionId });
    try {
      const { explanation, result } = await client.explain(await image(), signal);
      // The drawing may have changed since, and an older worker cannot explain.
      if (explanation && result?.text === text) emit({ type: 'known', predictionId, explanation });
      else emit({ type: 'failed', predictionId, failure: 'unexpected-response' });
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof RequestFailure || error instanceof NoImageError)) throw error;
      emit({ type: 'failed', predictionId, failure: error.code });
    }
  }

  return {
    /** @param text that was read of the prediction, which the explanation must be of */
    ask: (key: string, predictionId: string, text: string) => void ask(key, predictionId, text),
    close(): void {
      asked.abort();
      emit({ type: 'closed' });
    },
    /** Whether the page still has the image that was sent under `key`. */
    canAsk: (key: string) => imageOf(key) !== null,
  };
}
export type WhyActions = ReturnType<typeof createWhyActions>;
