import { isStale, type TrackedPrediction } from '../state/prediction/tracked-prediction.ts';

/** What `POST /predict` returns for this picture, so far: the prediction while it is pending, at its end the result at the top level. */
export function responseOf(tracked: TrackedPrediction): object | null {
  const { prediction } = tracked;
  if (!prediction)
    return isStale(tracked) ? null : tracked.succeeded && flattened(tracked.succeeded.prediction);
  return prediction.result ? flattened(prediction) : prediction;
}

function flattened(prediction: NonNullable<TrackedPrediction['prediction']>): object {
  const { id, result, model, timings, worker, expires_at, urls, links } = prediction;
  return { ...result, id, model, timings, preview: null, worker, expires_at, urls, links };
}
