import { vi } from 'vitest';
import { createBatchTracker } from '../actions/sending/batch-tracker.ts';
import { loadFile } from '../actions/sending/load-file.ts';
import type { BatchClient } from '../api/batches.ts';
import type { FollowBatch } from '../api/follow-batch.ts';
import type { RequestFailure } from '../api/request-failure.ts';
import {
  IDLE_PREDICTION,
  nextTracked,
  type TrackedPrediction,
} from '../state/prediction/tracked-prediction.ts';
import { queued, succeeded } from './predictions.ts';

export const file = (name: string) => new File(['ink'], name);
/** A dropped folder looks like a file that cannot be opened. */
export const folder = () =>
  Object.assign(file('folder'), {
    arrayBuffer: () => Promise.reject(new DOMException('no', 'NotFoundError')),
  });

/** A batch tracker whose client accepts everything, after as many refusals as given. */
export function setUp(
  options: { refusals?: RequestFailure[]; follow?: FollowBatch; upload?: Promise<void> } = {},
) {
  const refusals = options.refusals ?? [];
  const predictions = new Map<string, TrackedPrediction>();
  const names = new Map<string, string>();
  const sent: string[][] = [];
  const cancel = vi.fn();
  let tokens = 0;
  const submit: BatchClient['submit'] = async (files) => {
    sent.push(files.map(({ name }) => name));
    const refusal = refusals.shift();
    if (refusal) throw refusal;
    await options.upload;
    return {
      id: queued().id,
      total: files.length,
      predictions: files.map(({ name: filename }) => ({ id: `id of ${filename}`, filename })),
      links: { self: '' },
    };
  };
  const follow: FollowBatch = async ({ total }, { onStates }) =>
    onStates(
      Array.from({ length: total }, (_, index) => ({
        index,
        filename: `${index}.png`,
        prediction: succeeded(index % 10),
      })),
    );
  const tracker = createBatchTracker({
    client: { submit },
    cancel,
    load: ({ file }) => loadFile(file),
    follow: options.follow ?? follow,
    takeToken: () => ++tokens,
    emit(events) {
      for (const [key, event] of events)
        predictions.set(key, nextTracked(predictions.get(key) ?? IDLE_PREDICTION, event));
    },
    onNames(some) {
      for (const [key, name] of some) names.set(key, name);
    },
    now: () => Date.now(),
  });
  const start = (...files: File[]) => tracker.start(files.map((each) => ({ key: each.name, file: each })));
  const phases = () => Object.fromEntries([...predictions].map(([key, { phase }]) => [key, phase]));
  return { tracker, start, predictions, phases, names, sent, cancel };
}
