import type { Tracing } from '@inkqueue/shared/node/tracing';
import { type Link, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { RunNetwork } from './pipeline/batcher.ts';

/** How one image was read. Times are Unix milliseconds. */
export interface ReadImage {
  /** The `traceparent` of the request that submitted it. */
  traceparent: string;
  job: string;
  /** In its job. */
  index: number;
  acceptedAt: number;
  startedAt: number;
  endedAt: number;
  /** Null where it was not read. */
  stages: {
    preprocessedAt: number;
    inferredAt: number;
    decodeMs: number;
    normalizeMs: number;
    inferenceMs: number;
  } | null;
  /** The problem's code; null where it was read. */
  error: string | null;
}

/** Spans of what a worker does for each image, in the trace of its request. */
export function createWorkerTracing({ tracer, contextOf }: Tracing) {
  return {
    /** A span for an image, with its stages, after it has ended: the stages of images overlap, and their times are known then. */
    record(image: ReadImage): void {
      const { traceparent, acceptedAt, startedAt, endedAt, stages, error } = image;
      const parent = contextOf(traceparent);
      tracer.startSpan('wait', { startTime: acceptedAt }, parent).end(startedAt);
      const span = tracer.startSpan(
        'read',
        {
          kind: SpanKind.CONSUMER,
          startTime: startedAt,
          attributes: {
            'messaging.system': 'bullmq',
            'messaging.message.id': image.job,
            'inkqueue.index': image.index,
            ...(error && { 'error.type': error }),
          },
        },
        parent,
      );
      if (error) span.setStatus({ code: SpanStatusCode.ERROR });
      if (stages) {
        const within = trace.setSpan(parent, span);
        const { preprocessedAt, inferredAt, decodeMs, normalizeMs, inferenceMs } = stages;
        const stage = (name: string, from: number, to: number) =>
          tracer.startSpan(name, { startTime: from }, within).end(to);
        const decodedAt = preprocessedAt - normalizeMs;
        stage('decode', decodedAt - decodeMs, decodedAt);
        stage('normalize', decodedAt, preprocessedAt);
        stage('infer', inferredAt - inferenceMs, inferredAt);
      }
      span.end(endedAt);
    },
    /** A span for each run of the network, linked to the requests whose images it judged. */
    traceRuns:
      (run: RunNetwork): RunNetwork =>
      async (tensors, traceparents = []) => {
        if (traceparents.length === 0) return run(tensors);
        const links = [...new Set(traceparents)].flatMap((traceparent): Link[] => {
          const context = trace.getSpanContext(contextOf(traceparent));
          return context ? [{ context }] : [];
        });
        const span = tracer.startSpan('run the network', {
          root: true,
          links,
          attributes: { 'inkqueue.batch_size': tensors.length },
        });
        try {
          return await run(tensors);
        } finally {
          span.end();
        }
      },
  };
}
