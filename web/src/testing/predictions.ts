import type { Prediction, PredictionResult } from '@inkqueue/shared/contracts/prediction';

const ID = '01938f5e-7b3a-7cc0-8000-000000000001';

/** A result that says `digit`, for tests. */
export function resultOf(digit: number, confidence = 0.99, uncertain = false): PredictionResult {
  const probabilities = Array.from({ length: 10 }, (_, each) =>
    each === digit ? confidence : (1 - confidence) / 9,
  );
  return { predicted_digit: digit, confidence, probabilities, uncertain };
}

/** A prediction in the queue, for tests. */
export function queued(id = ID): Prediction {
  return {
    id,
    status: 'queued',
    model: null,
    created_at: '2026-01-01T00:00:00.000Z',
    started_at: null,
    finished_at: null,
    queue_position: null,
    estimated_start_ms: null,
    result: null,
    error: null,
    timings: null,
    preview: null,
    urls: {
      self: `/predictions/${id}`,
      cancel: `/predictions/${id}/cancel`,
      events: `/predictions/${id}/events`,
    },
    links: { self: `/predictions/${id}`, feedback: null },
  };
}

export function running(id = ID): Prediction {
  return { ...queued(id), status: 'running', started_at: '2026-01-01T00:00:00.010Z' };
}

export function succeeded(digit: number, id = ID): Prediction {
  return {
    ...running(id),
    status: 'succeeded',
    finished_at: '2026-01-01T00:00:00.020Z',
    model: { name: 'mnist-cnn', version: '1' },
    result: resultOf(digit),
    timings: { queue_ms: 2, decode_ms: 0.5, normalize_ms: 0.3, inference_ms: 0.2, batch_size: 1 },
  };
}

export function canceled(id = ID): Prediction {
  return {
    ...queued(id),
    status: 'canceled',
    finished_at: '2026-01-01T00:00:00.020Z',
    error: { code: 'canceled', detail: 'In words.', retryable: true },
  };
}

export function failedWith(code: 'no-ink' | 'worker-lost', id = ID): Prediction {
  return {
    ...running(id),
    status: 'failed',
    finished_at: '2026-01-01T00:00:00.020Z',
    error: { code, detail: 'In words.', retryable: code === 'worker-lost' },
  };
}
