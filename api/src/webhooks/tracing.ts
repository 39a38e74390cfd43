import type { Tracing } from '@inkqueue/shared/node/tracing';
import { SpanKind, SpanStatusCode } from '@opentelemetry/api';
import type { Attempt, Verdict } from '../queue/deliveries/attempt.ts';

/** Begins the span of an attempt: its `traceparent`, for the receiver, and what ends it. Undefined for one that is not traced. */
export type TraceAttempt = (
  attempt: Attempt,
) => { traceparent: string; end: (verdict: Verdict) => void } | undefined;

/** A span for each attempt, in the trace of the request that submitted the image. */
export function traceAttempts({ tracer, contextOf, traceparentOf }: Tracing): TraceAttempt {
  return ({ id, url, trace, number }) => {
    if (trace === undefined) return undefined;
    const attributes = {
      'http.request.method': 'POST',
      'server.address': url.hostname,
      'inkqueue.prediction': id,
      'inkqueue.attempt': number,
    };
    const span = tracer.startSpan('deliver', { kind: SpanKind.CLIENT, attributes }, contextOf(trace));
    return {
      traceparent: traceparentOf(span),
      end(verdict) {
        if ('status' in verdict && verdict.status !== null)
          span.setAttribute('http.response.status_code', verdict.status);
        if ('why' in verdict) span.setStatus({ code: SpanStatusCode.ERROR, message: verdict.why });
        span.end();
      },
    };
  };
}
