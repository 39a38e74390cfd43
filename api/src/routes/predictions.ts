import { predictResponse } from '@inkqueue/shared/contracts/api';
import { isFinal, type Prediction, prediction } from '@inkqueue/shared/contracts/prediction';
import type { ProblemCode } from '@inkqueue/shared/contracts/problems';
import type { Context } from 'koa';
import { z } from 'zod';
import { ProblemError } from '../errors.ts';
import { image } from '../http/bodies/body-kinds.ts';
import { type Route, route } from '../http/route.ts';
import type { Predictions } from '../predictions/predictions.ts';
import { previewQuery } from './preview.ts';

const WAIT_MAX_S = 60;
/** Seconds to wait before the next poll of a pending prediction. */
const POLL_AFTER_S = '1';

const uploadProblems = [
  'invalid-request',
  'malformed-upload',
  'missing-file',
  'unexpected-field',
  'too-many-files',
  'empty-file',
  'upload-timeout',
  'too-large',
  'unsupported-media-type',
  'unsupported-format',
  'queue-full',
  'busy',
  'redis-unavailable',
] as const satisfies readonly ProblemCode[];

const imageProblems = [
  'unreadable-image',
  'too-many-pixels',
  'too-small',
  'no-ink',
  'internal',
  'upload-expired',
  'worker-lost',
  // Redis lost its data while the client waited.
  'prediction-expired',
] as const satisfies readonly ProblemCode[];

/** The path parameters of every route of one prediction. */
export const predictionParams = z.object({
  id: z.string().max(64).meta({ description: 'The prediction’s id', format: 'uuid' }),
});

/** The routes of predictions. */
export function predictionRoutes(options: { predictions: Predictions; predictTimeoutMs: number }): Route[] {
  const { predictions, predictTimeoutMs } = options;
  return [
    route({
      method: 'post',
      path: '/predict',
      operationId: 'predict',
      tag: 'Predictions',
      summary: 'Read a digit and wait for the answer',
      description:
        'Waits until the picture has been read. If that takes too long the answer is 202 with the same prediction: the work goes on, and `GET /predictions/{id}` has the result later.',
      query: previewQuery,
      body: image(),
      responses: {
        200: { description: 'The digit', schema: predictResponse },
        202: {
          description: 'The wait ran out; the work goes on',
          schema: prediction,
          headers: {
            Location: 'Address of the prediction',
            'Retry-After': 'Seconds to wait before a poll',
          },
        },
      },
      problems: [...uploadProblems, ...imageProblems],
      async handle(ctx, { query, body, signal }) {
        const submitted = { ...body, preview: query.preview };
        const done = await predictions.predict(submitted, { timeoutMs: predictTimeoutMs, signal });
        if (done.error) throw new ProblemError(done.error.code, done.error.detail, { predictionId: done.id });
        if (!done.result || !done.model || !done.timings) return accept(ctx, done);
        const { id, model, timings, preview, links } = done;
        ctx.body = { ...done.result, id, model, timings, preview, links };
      },
    }),
    route({
      method: 'post',
      path: '/predictions',
      operationId: 'createPrediction',
      tag: 'Predictions',
      summary: 'Submit a picture and go on',
      description: 'Answers at once. Poll the prediction, wait on it, or subscribe to it over socket.io.',
      query: previewQuery,
      body: image(),
      responses: {
        202: {
          description: 'Accepted and durable',
          schema: prediction,
          headers: {
            Location: 'Address of the prediction',
            'Retry-After': 'Seconds to wait before a poll',
          },
        },
      },
      problems: [...uploadProblems, 'internal'],
      async handle(ctx, { query, body }) {
        accept(ctx, await predictions.submit({ ...body, preview: query.preview }));
      },
    }),
    route({
      method: 'get',
      path: '/predictions/{id}',
      operationId: 'getPrediction',
      tag: 'Predictions',
      summary: 'The state of a prediction, and its result once there is one',
      params: predictionParams,
      query: z.object({
        wait: z.coerce
          .number()
          .min(0)
          .transform((seconds) => Math.min(seconds, WAIT_MAX_S))
          .default(0)
          .meta({
            description: `Seconds to wait for the end before the response (long poll); more than ${WAIT_MAX_S} count as ${WAIT_MAX_S}`,
            type: 'number',
          }),
      }),
      responses: {
        200: {
          description: 'The prediction at this moment',
          schema: prediction,
          headers: { 'Retry-After': 'While pending: seconds to wait before the next poll' },
        },
      },
      problems: [
        'invalid-request',
        'prediction-not-found',
        'prediction-expired',
        'redis-unavailable',
        'internal',
      ],
      async handle(ctx, { params, query, signal }) {
        const found =
          query.wait > 0
            ? await predictions.findAtEnd(params.id, { timeoutMs: query.wait * 1000, signal })
            : await predictions.find(params.id);
        if (!isFinal(found.status)) ctx.set('Retry-After', POLL_AFTER_S);
        ctx.body = found;
      },
    }),
  ];
}

function accept(ctx: Context, pending: Prediction): void {
  ctx.status = 202;
  ctx.set('Location', pending.links.self);
  ctx.set('Retry-After', POLL_AFTER_S);
  ctx.body = pending;
}
