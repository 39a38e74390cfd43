import type { Tracing } from '@inkqueue/shared/node/tracing';
import { SpanKind, SpanStatusCode, TraceFlags } from '@opentelemetry/api';
import type { Middleware } from 'koa';
import { statusOf } from './requests.ts';

/** A span for each request, in the trace of the client where it sent a `traceparent`. */
export function traceRequests({ tracer, contextOf, traceparentOf }: Tracing): Middleware {
  return async (ctx, next) => {
    const parent = contextOf(ctx.get('traceparent'));
    const span = tracer.startSpan(ctx.method, { kind: SpanKind.SERVER }, parent);
    const { traceId, traceFlags } = span.spanContext();
    if (traceFlags & TraceFlags.SAMPLED) {
      ctx.state.traceId = traceId;
      ctx.state.trace = traceparentOf(span);
    }
    ctx.res.once('close', () => {
      const route = ctx._matchedRoute ? String(ctx._matchedRoute) : null;
      if (route) span.updateName(`${ctx.method} ${route}`);
      span.setAttributes({
        'http.request.method': ctx.method,
        'url.path': ctx.state.path,
        'http.response.status_code': statusOf(ctx),
        'inkqueue.request.id': ctx.state.requestId,
        ...(route && { 'http.route': route }),
        ...(ctx.state.refusal && { 'error.type': ctx.state.refusal.code }),
      });
      if (ctx.status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
      span.end();
    });
    await next();
  };
}
