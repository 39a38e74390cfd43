import { predictResponse } from '@inkqueue/shared/contracts/api';
import { isFinal, type Prediction, prediction } from '@inkqueue/shared/contracts/prediction';
import type { Context } from 'koa';
import { z } from 'zod';
import { ProblemError } from '../errors.ts';
import { image } from '../http/bodies/body-kinds.ts';
import { numberText } from '../http/parse.ts';
import { type Route, route } from '../http/route.ts';
import { isClientGone } from '../http/server/request-signals.ts';
import type { EventStreams } from '../live/event-streams.ts';
import type { Predictions } from '../predictions/predictions.ts';
import type { CheckWebhook } from '../webhooks/address.ts';
import { NO_WEBHOOK, submissionOf, submitAsyncQuery, submitOneQuery } from './submit-query.ts';
import {
  cacheControlHeader,
  cancelAfterHeader,
  cancelOnDisconnectHeader,
  endProblems,
  idempotencyKeyHeader,
  preferHeader,
  REPLAYED,
  replayedHeader,
  uploadProblems,
} from './submitting.ts';
import { applyPreferences, preferredWait, varyByPreference } from './waiting.ts';
import { webhookCallback } from './webhook-callback.ts';

/** Seconds to wait before the next poll of a pending prediction. */
const POLL_AFTER_S = '1';

/** The path parameters of every route of one prediction. */
export const predictionParams = z.object({
  id: z.string().max(64).meta({ description: 'The prediction’s id', format: 'uuid' }),
});

/** The operations of one prediction. */
const predictionLinks = [
  'getPrediction',
  'followPrediction',
  'cancelPrediction',
  'retryPrediction',
  'deletePrediction',
  'putFeedback',
] as const;

const preferenceHeaders = { 'Preference-Applied': 'The preferences that were honoured' };
const submitHeaders = { ...preferenceHeaders, ...replayedHeader };
const pendingHeaders = {
  ...submitHeaders,
  Location: 'Address of the prediction',
  'Retry-After': 'Seconds to wait before a poll',
};

/**
 * The routes of predictions.
 *
 * @param options.predictTimeoutMs how long `POST /predict` waits where the client has no preference
 * @param options.waitMaxMs how long any request waits at most
 * @param options.checkWebhook checks where a client wants its prediction sent
 */
export function predictionRoutes(options: {
  predictions: Predictions;
  predictTimeoutMs: number;
  waitMaxMs: number;
  streams: EventStreams;
  checkWebhook: CheckWebhook;
}): Route[] {
  const { predictions, predictTimeoutMs, waitMaxMs, streams, checkWebhook } = options;
  const maxS = waitMaxMs / 1_000;
  return [
    route({
      method: 'post',
      path: '/predict',
      operationId: 'predict',
      tag: 'Predictions',
      summary: 'Read a picture and wait for the answer',
      description:
        'Waits until the picture has been read. If that takes too long the answer is 202 with the same prediction: the work goes on, and `GET /predictions/{id}` has the result later. A client that closes the connection before the answer cancels the prediction.',
      query: submitOneQuery,
      refusedQuery: NO_WEBHOOK,
      headers: {
        prefer: preferHeader,
        cancelAfterMs: cancelAfterHeader,
        cancelOnDisconnect: cancelOnDisconnectHeader,
        key: idempotencyKeyHeader,
        mayBeCached: cacheControlHeader,
      },
      body: image(),
      responses: {
        200: {
          description: 'The digit, or the digits',
          schema: predictResponse,
          headers: submitHeaders,
          links: predictionLinks,
        },
        202: {
          description: 'The wait ran out; the work goes on',
          schema: prediction,
          headers: pendingHeaders,
          links: predictionLinks,
        },
      },
      problems: [...uploadProblems, ...endProblems],
      async handle(ctx, { query, headers, body, signal }) {
        const { prefer, cancelAfterMs, cancelOnDisconnect, ...taking } = headers;
        varyByPreference(ctx);
        const waitMs = preferredWait(prefer, { defaultMs: predictTimeoutMs, maxMs: waitMaxMs });
        const submitted = { ...body, ...submissionOf(ctx, query), cancelAfterMs };
        const { prediction: done, isReplayed } =
          waitMs > 0
            ? await predictions.predict(
                submitted,
                {
                  timeoutMs: waitMs,
                  signal,
                  isGivenUp: () => cancelOnDisconnect && isClientGone(signal),
                },
                taking,
              )
            : await predictions.submit(submitted, taking);
        applyPreferences(ctx, prefer, { waitMs, isPending: !isFinal(done.status) });
        if (isReplayed) ctx.set(REPLAYED, 'true');
        if (done.error) throw new ProblemError(done.error.code, done.error.detail, { predictionId: done.id });
        if (!done.result || !done.model || !done.timings) return accept(ctx, done);
        const { id, model, timings, explanation, worker, expires_at, cached, urls, links } = done;
        ctx.body = {
          ...done.result,
          id,
          model,
          timings,
          preview: done.preview,
          ...(explanation && { explanation }),
          ...(worker !== undefined && { worker }),
          ...(expires_at !== undefined && { expires_at }),
          ...(cached && { cached }),
          urls,
          links,
        };
      },
    }),
    route({
      method: 'post',
      path: '/predictions',
      operationId: 'createPrediction',
      tag: 'Predictions',
      summary: 'Submit a picture and go on',
      description:
        'Answers at once, or after the wait that the client prefers. Poll the prediction, wait on it, subscribe to it over socket.io, or follow it as server-sent events; with `Accept: text/event-stream` the answer itself is these events.',
      query: submitAsyncQuery,
      headers: {
        prefer: preferHeader,
        cancelAfterMs: cancelAfterHeader,
        key: idempotencyKeyHeader,
        mayBeCached: cacheControlHeader,
      },
      body: image(),
      responses: {
        200: {
          description: 'The prediction ended while the client waited, as it preferred',
          schema: prediction,
          headers: { ...submitHeaders, Location: 'Address of the prediction, where its events follow' },
          events: { name: 'prediction', schema: prediction },
          links: predictionLinks,
        },
        202: {
          description: 'Accepted and durable',
          schema: prediction,
          headers: pendingHeaders,
          links: predictionLinks,
        },
      },
      callback: webhookCallback,
      problems: [...uploadProblems, 'webhooks-off', 'prediction-expired', 'internal'],
      async handle(ctx, { query, headers, body, signal }) {
        const { prefer, cancelAfterMs, ...taking } = headers;
        varyByPreference(ctx);
        const waitMs = preferredWait(prefer, { defaultMs: 0, maxMs: waitMaxMs });
        const { webhook, ...how } = query;
        const submitted = {
          ...body,
          ...submissionOf(ctx, how),
          cancelAfterMs,
          webhook: checkWebhook(webhook),
        };
        const { prediction: accepted, isReplayed } =
          waitMs > 0
            ? await predictions.predict(submitted, { timeoutMs: waitMs, signal }, taking)
            : await predictions.submit(submitted, taking);
        const isPending = !isFinal(accepted.status);
        applyPreferences(ctx, prefer, { waitMs, isPending });
        if (isReplayed) ctx.set(REPLAYED, 'true');
        ctx.set('Location', accepted.urls.self);
        if (wantsEvents(ctx)) {
          return streams.follow(ctx, 'prediction', accepted.id, signal);
        }
        if (isPending) accept(ctx, accepted);
        else ctx.body = accepted;
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
        wait: numberText(
          z
            .number()
            .min(0)
            .transform((seconds) => Math.min(seconds, maxS))
            .optional(),
        ).meta({
          description: `Seconds to wait for the end before the response (long poll); more than ${maxS} count as ${maxS}. The same as \`Prefer: wait=N\``,
        }),
      }),
      headers: { prefer: preferHeader },
      responses: {
        200: {
          description: 'The prediction at this moment',
          schema: prediction,
          headers: {
            ...preferenceHeaders,
            'Retry-After': 'While pending: seconds to wait before the next poll',
          },
        },
      },
      problems: [
        'invalid-request',
        'prediction-not-found',
        'prediction-expired',
        'redis-unavailable',
        'internal',
      ],
      async handle(ctx, { params, query, headers: { prefer }, signal }) {
        varyByPreference(ctx);
        const preferred = preferredWait(prefer, { defaultMs: 0, maxMs: waitMaxMs });
        const waitMs = query.wait === undefined ? preferred : query.wait * 1_000;
        const found =
          waitMs > 0
            ? await predictions.findAtEnd(params.id, { timeoutMs: waitMs, signal })
            : await predictions.find(params.id);
        const isPending = !isFinal(found.status);
        applyPreferences(ctx, prefer, { waitMs, isPending });
        if (isPending) ctx.set('Retry-After', POLL_AFTER_S);
        ctx.body = found;
      },
    }),
  ];
}

/** Whether the client asks for server-sent events in place of JSON. */
function wantsEvents(ctx: Context): boolean {
  return ctx.accepts('application/json', 'text/event-stream') === 'text/event-stream';
}

function accept(ctx: Context, pending: Prediction): void {
  ctx.status = 202;
  ctx.set('Location', pending.links.self);
  ctx.set('Retry-After', POLL_AFTER_S);
  ctx.body = pending;
}
