import { z } from 'zod';
import { predictionError } from './problems.ts';

/**
 * A submitted picture is one prediction. Its states:
 *
 *   queued ──► running ──► succeeded
 *     │  ▲        │ ├────► failed
 *     │  └────────┘ └────► canceled
 *     │   (retry, or a worker died)
 *     ├──► failed      (given up before it ran again)
 *     └──► canceled
 *
 * succeeded, failed and canceled are final: nothing leaves them.
 */
export const predictionStatus = z.enum(['queued', 'running', 'succeeded', 'failed', 'canceled']).meta({
  id: 'PredictionStatus',
  description: 'queued → running → succeeded | failed | canceled; a retry goes running → queued',
});
export type PredictionStatus = z.infer<typeof predictionStatus>;

const transitions: Record<PredictionStatus, readonly PredictionStatus[]> = {
  queued: ['running', 'failed', 'canceled'],
  running: ['queued', 'succeeded', 'failed', 'canceled'],
  succeeded: [],
  failed: [],
  canceled: [],
};

/** Whether a prediction in state `from` may go to state `to`. */
export function canTransition(from: PredictionStatus, to: PredictionStatus): boolean {
  return transitions[from].includes(to);
}

/** Whether `status` is final: no later state follows it. */
export function isFinal(status: PredictionStatus): boolean {
  return transitions[status].length === 0;
}

export const predictionId = z.uuidv7().meta({
  id: 'PredictionId',
  description: 'UUIDv7. Knowing it is what lets a client read or follow the prediction.',
});

const probability = z.number().min(0).max(1);

/** What the network read. Probabilities are calibrated and indexed by digit, 0 to 9. */
export const predictionResult = z
  .object({
    predicted_digit: z.int().min(0).max(9),
    confidence: probability.describe('Calibrated probability of predicted_digit'),
    probabilities: z.array(probability).length(10).describe('Calibrated probability of each digit, 0 to 9'),
    uncertain: z
      .boolean()
      .describe('True when the picture may be no digit, or the answer should be checked by a person'),
  })
  .meta({ id: 'PredictionResult' });
export type PredictionResult = z.infer<typeof predictionResult>;

export const modelRef = z.object({ name: z.string(), version: z.string() }).meta({ id: 'ModelRef' });

export const predictionTimings = z
  .object({
    queue_ms: z.number().describe('From acceptance to the worker taking it'),
    decode_ms: z.number().describe('Decoding the picture'),
    normalize_ms: z.number().describe('From decoded picture to the network’s 28×28 input'),
    inference_ms: z.number().describe('The network’s run, shared by the whole batch'),
    batch_size: z.int().describe('Pictures in that run'),
  })
  .meta({ id: 'PredictionTimings', description: 'Milliseconds of each stage' });
export type PredictionTimings = z.infer<typeof predictionTimings>;

/** The one JSON shape of a prediction, everywhere: REST, socket.io. Timestamps are ISO 8601 in UTC. */
export const prediction = z
  .object({
    id: predictionId,
    status: predictionStatus,
    model: modelRef.nullable().describe('The model that answered; null until one has'),
    created_at: z.iso.datetime(),
    started_at: z.iso.datetime().nullable(),
    finished_at: z.iso.datetime().nullable(),
    queue_position: z
      .int()
      .min(0)
      .nullable()
      .describe('Jobs ahead of this one’s while queued; null when not known or not queued'),
    result: predictionResult.nullable(),
    error: predictionError.nullable(),
    timings: predictionTimings.nullable(),
    links: z.object({ self: z.string() }),
  })
  .meta({ id: 'Prediction' });
export type Prediction = z.infer<typeof prediction>;
