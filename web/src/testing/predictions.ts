import type { Prediction, PredictionResult } from '@inkqueue/shared/contracts/prediction';

const ID = '01938f5e-7b3a-7cc0-8000-000000000001';

/** A box for the digit at `index` of a line, in a picture of 280 × 280 pixels. */
const boxAt = (index: number, line: number) => ({
  left: 20 + 60 * index,
  top: 60 + 100 * line,
  width: 48,
  height: 80,
});

function probabilitiesOf(digit: number, confidence: number): number[] {
  return Array.from({ length: 10 }, (_, each) => (each === digit ? confidence : (1 - confidence) / 9));
}

/** A result that says `digit`, for tests. */
export function resultOf(digit: number, confidence = 0.99, uncertain = false): PredictionResult {
  return {
    predicted_digit: digit,
    text: String(digit),
    digits: [{ digit, confidence, box: boxAt(0, 0), uncertain }],
    confidence,
    probabilities: probabilitiesOf(digit, confidence),
    uncertain,
  };
}

/** A finished prediction that says the number `text` with the network's input for each digit, for tests. */
export function succeededNumber(text: string, doubtful: readonly number[] = [], id = ID): Prediction {
  const digits = text
    .split('\n')
    .flatMap((line, row) =>
      [...line].map((each, index) => ({ digit: Number(each), box: boxAt(index, row) })),
    );
  const confidenceAt = (index: number) => (doubtful.includes(index) ? 0.6 : 0.99);
  const pixels = (digit: number) => btoa(String.fromCharCode(digit).repeat(28 * 28));
  return {
    ...succeeded(0, id),
    result: {
      predicted_digit: null,
      reason: 'several-digits',
      text,
      digits: digits.map((each, index) => ({
        ...each,
        confidence: confidenceAt(index),
        uncertain: doubtful.includes(index),
      })),
      confidence: digits.reduce((product, _, index) => product * confidenceAt(index), 1),
      probabilities: null,
      uncertain: doubtful.length > 0,
    },
    preview: {
      width: 28,
      height: 28,
      pixels: pixels(digits[0]!.digit),
      digits: digits.map(({ digit }, index) => ({
        pixels: pixels(digit),
        probabilities: probabilitiesOf(digit, confidenceAt(index)),
      })),
    },
  };
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
