import { z } from 'zod/mini';
import { predictionError } from './problems.ts';

/**
 * A submitted image is one prediction. Its states:
 *
 *   queued ──► running ──► succeeded
 *     │  ▲        │ ├────► failed
 *     │  └────────┘ └────► canceled
 *     │   (retry, or a worker died)
 *     ├──► failed      (given up before it ran again)
 *     └──► canceled
 *
 * succeeded, failed and canceled are final: nothing leaves them. A client may have one that failed by the service's fault read again,
 * under its id: it begins anew then, and is queued.
 */
export const predictionStatus = z
  .enum(['queued', 'running', 'succeeded', 'failed', 'canceled'])
  .register(z.globalRegistry, {
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

export const predictionId = z.uuidv7().register(z.globalRegistry, {
  id: 'PredictionId',
  description: 'UUIDv7. Every client that knows it can read and subscribe to the prediction.',
});

export const digit = z.int().check(z.minimum(0), z.maximum(9));
export const probability = z.number().check(z.minimum(0), z.maximum(1));

/** Most digits that one picture is read for. */
export const DIGITS_MAX = 64;

/** Digits from left to right; lines from top to bottom, with a line feed between them. */
export const digitsText = z.string().check(z.regex(/^[0-9]+(\n[0-9]+)*$/), z.maxLength(2 * DIGITS_MAX - 1));

/** What a client says of how many digits its picture shows. */
export const expectation = z.enum(['auto', 'one', 'many']);
export type Expectation = z.infer<typeof expectation>;

const probabilities = z.array(probability).check(z.length(10));

/** Where something lies in a picture. */
export const box = z.object({
  left: z.int().check(z.minimum(0)),
  top: z.int().check(z.minimum(0)),
  width: z.int().check(z.positive()),
  height: z.int().check(z.positive()),
});

/** One digit of a picture, and where it lies. */
export const readDigit = z
  .object({
    digit,
    confidence: probability.check(z.describe('Calibrated probability of this digit')),
    box: z
      .nullable(box)
      .check(
        z.describe(
          'Around its ink, in pixels of the picture as sent, turned upright; null where it was not kept',
        ),
      ),
    uncertain: z.boolean(),
  })
  .register(z.globalRegistry, { id: 'ReadDigit' });
export type ReadDigit = z.infer<typeof readDigit>;

/** What was read of a picture. Probabilities are calibrated and indexed by digit, 0 to 9. */
export const predictionResult = z
  .object({
    predicted_digit: z
      .nullable(digit)
      .check(z.describe('The digit, where the picture shows exactly one; null where it shows several')),
    reason: z
      .optional(z.literal('several-digits'))
      .check(z.describe('Why predicted_digit is null; absent where it is a digit')),
    text: digitsText.check(
      z.describe('All digits from left to right, lines from top to bottom with a line feed between them'),
    ),
    digits: z
      .array(readDigit)
      .check(z.minLength(1), z.maxLength(DIGITS_MAX), z.describe('The digits in the order of the text')),
    confidence: probability.check(z.describe('Calibrated probability that the whole text is right')),
    probabilities: z
      .nullable(probabilities)
      .check(
        z.describe('Calibrated probability of each digit, 0 to 9; null where the picture shows several'),
      ),
    uncertain: z
      .boolean()
      .check(z.describe('True when the picture may not show a digit, or a person should check the result')),
  })
  .register(z.globalRegistry, { id: 'PredictionResult' });
export type PredictionResult = z.infer<typeof predictionResult>;

export type ModelRef = z.infer<typeof modelRef>;
export const modelRef = z
  .object({ name: z.string(), version: z.string() })
  .register(z.globalRegistry, { id: 'ModelRef' });

export const predictionTimings = z
  .object({
    queue_ms: z.number().check(z.describe('From acceptance to the worker taking it')),
    decode_ms: z.number().check(z.describe('Decoding the picture')),
    normalize_ms: z.number().check(z.describe('From decoded picture to the network’s 28×28 input')),
    inference_ms: z.number().check(z.describe('The network’s run, shared by the whole batch')),
    batch_size: z
      .int()
      .check(
        z.describe(
          'Inputs of the network in that run: one for each piece of ink that may be a digit, of all pictures in it',
        ),
      ),
    batch_pictures: z
      .optional(z.int())
      .check(z.describe('Pictures in that run; absent where a worker of an earlier version made the result')),
    explain_ms: z
      .optional(z.number())
      .check(z.describe('Explaining the digits; absent where the request did not ask for it')),
  })
  .register(z.globalRegistry, { id: 'PredictionTimings', description: 'Milliseconds of each stage' });
export type PredictionTimings = z.infer<typeof predictionTimings>;

/** The network's input: row by row, a byte for each pixel, 0 for paper and 255 for full ink. */
export const predictionPreview = z
  .object({
    width: z.int().check(z.positive()),
    height: z.int().check(z.positive()),
    pixels: z
      .base64()
      .check(
        z.describe(
          'width × height bytes, row by row: 0 is paper, 255 full ink. Of several digits, the first',
        ),
      ),
    digits: z
      .optional(z.array(z.object({ pixels: z.base64(), probabilities })))
      .check(z.describe('Where the picture shows several digits: the same of each, with its probabilities')),
  })
  .register(z.globalRegistry, {
    id: 'PredictionPreview',
    description: 'The network’s input: what it saw of the picture',
  });
export type PredictionPreview = z.infer<typeof predictionPreview>;

/** Of a longer number the first digits are explained. */
export const EXPLAINED_MAX = 8;

/** What of the ink speaks for each digit, and what against it. */
export const predictionExplanation = z
  .object({
    width: z.int().check(z.positive(), z.describe('Cells across the network’s input')),
    height: z.int().check(z.positive(), z.describe('Cells down it')),
    patch: z
      .int()
      .check(z.positive(), z.describe('Side of what was covered around each cell, in pixels of the input')),
    digits: z
      .array(
        z.object({
          scale: z.number().check(z.minimum(0), z.describe('Log odds for each unit of the values')),
          values: z
            .array(z.base64())
            .check(
              z.length(10),
              z.describe(
                'A map for each digit, 0 to 9: width × height signed bytes, row by row. Times scale, a value is how much the log odds of that digit fall where the patch is covered: positive where the ink speaks for it, negative where it speaks against it',
              ),
            ),
        }),
      )
      .check(
        z.maxLength(EXPLAINED_MAX),
        z.describe(
          `For each digit that was read, in the order of the text; of more than ${EXPLAINED_MAX} the first`,
        ),
      ),
  })
  .register(z.globalRegistry, {
    id: 'PredictionExplanation',
    description:
      'Occlusion maps over the network’s input (Zeiler and Fergus, 2014): paper covers a patch of the ink at each cell, and the network looks again',
  });
export type PredictionExplanation = z.infer<typeof predictionExplanation>;

/** Where to read, to stop and to follow a prediction. */
export const predictionUrls = z
  .object({
    self: z.string(),
    cancel: z.string().check(z.describe('POST ends it, unless it has ended')),
    events: z.string().check(z.describe('Its states as server-sent events')),
  })
  .register(z.globalRegistry, { id: 'PredictionUrls' });

/** The one JSON shape of a prediction, everywhere: REST, socket.io. Timestamps are ISO 8601 in UTC. */
export const prediction = z
  .object({
    id: predictionId,
    status: predictionStatus,
    model: z.nullable(modelRef).check(z.describe('The model that made the result; null until there is one')),
    created_at: z.iso.datetime(),
    started_at: z.nullable(z.iso.datetime()),
    finished_at: z.nullable(z.iso.datetime()),
    queue_position: z
      .nullable(z.int().check(z.minimum(0)))
      .check(z.describe('Jobs that workers take first, while queued; null when unknown or not queued')),
    estimated_start_ms: z
      .nullable(z.int().check(z.minimum(0)))
      .check(
        z.describe(
          'About how long until a worker begins, in milliseconds, by the jobs before it and how fast jobs were taken in the last seconds; null when unknown or not queued',
        ),
      ),
    result: z.nullable(predictionResult),
    error: z.nullable(predictionError),
    timings: z.nullable(predictionTimings),
    preview: z
      .nullable(predictionPreview)
      .check(z.describe('The network’s input; null until the end, and where the request did not ask for it')),
    explanation: z
      .optional(predictionExplanation)
      .check(z.describe('Why these digits; absent until the end, and where the request did not ask for it')),
    worker: z
      .optional(z.string())
      .check(
        z.describe('The worker that made the result, as GET /activity names it; absent until there is one'),
      ),
    expires_at: z
      .optional(z.iso.datetime())
      .check(z.describe('Until when the service keeps it, at the latest; absent until it has ended')),
    cached: z
      .optional(z.literal(true))
      .check(z.describe('Where an earlier prediction of the same picture answers: RESULT_CACHE_TTL_SECONDS')),
    urls: predictionUrls,
    links: z.object({
      self: z.string().check(z.describe('The same as urls.self, for one version')),
      feedback: z
        .nullable(z.string())
        .check(z.describe('Where to send feedback; null where the operator does not ask for it')),
    }),
  })
  .register(z.globalRegistry, { id: 'Prediction' });
export type Prediction = z.infer<typeof prediction>;

/** GET /predictions: a page of predictions, newest first. */
export const predictionPage = z
  .object({
    predictions: z.array(prediction),
    next: z
      .nullable(z.string())
      .check(
        z.describe(
          'Address of the next page; null on the last. A page may be short, and even empty, before the last',
        ),
      ),
  })
  .register(z.globalRegistry, { id: 'PredictionPage' });
export type PredictionPage = z.infer<typeof predictionPage>;
