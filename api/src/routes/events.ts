import { batchProgress } from '@inkqueue/shared/contracts/batch';
import { prediction } from '@inkqueue/shared/contracts/prediction';
import { type RequestHeader, type Route, route } from '../http/route.ts';
import type { EventStreams } from '../live/event-streams.ts';
import { batchParams } from './batches.ts';
import { predictionParams } from './predictions.ts';
import { eventStreamResponse } from './submitting.ts';

const lastEventIdHeader: RequestHeader<string | undefined> = {
  name: 'Last-Event-ID',
  description:
    'The id of the last event that the client has: what it missed comes first, and nothing that it has',
  parse: (value) => value,
};

/** The routes that bring predictions and batches as server-sent events. */
export function eventRoutes(options: { streams: EventStreams }): Route[] {
  const { streams } = options;
  const description =
    'Ends after the last snapshot. A client that connects again with `Last-Event-ID` misses nothing; 204 where it has everything already. The same as the sockets bring.';
  return [
    route({
      method: 'get',
      path: '/predictions/{id}/events',
      operationId: 'followPrediction',
      tag: 'Predictions',
      summary: 'The states of a prediction as server-sent events',
      description,
      params: predictionParams,
      headers: { last: lastEventIdHeader },
      responses: {
        200: eventStreamResponse('prediction', prediction),
        204: { description: 'The client has the last event' },
      },
      problems: [
        'invalid-request',
        'prediction-not-found',
        'prediction-expired',
        'redis-unavailable',
        'internal',
      ],
      handle: (ctx, { params, signal }) => streams.follow(ctx, 'prediction', params.id, signal),
    }),
    route({
      method: 'get',
      path: '/batches/{id}/events',
      operationId: 'followBatch',
      tag: 'Batches',
      summary: 'The progress of a batch as server-sent events',
      description,
      params: batchParams,
      headers: { last: lastEventIdHeader },
      responses: {
        200: eventStreamResponse('batch', batchProgress),
        204: { description: 'The client has the last event' },
      },
      problems: ['invalid-request', 'batch-not-found', 'batch-expired', 'redis-unavailable', 'internal'],
      handle: (ctx, { params, signal }) => streams.follow(ctx, 'batch', params.id, signal),
    }),
  ];
}
