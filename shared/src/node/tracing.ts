import { setTimeout as delay } from 'node:timers/promises';
import type { Context, Span, SpanContext, Tracer } from '@opentelemetry/api';

/** What a process needs to take part in traces. */
export interface Tracing {
  tracer: Tracer;
  /** The context that a `traceparent` header names; the empty one where it names none. */
  contextOf(traceparent: string | undefined): Context;
  /** The `traceparent` by which others continue after a span. */
  traceparentOf(span: Span): string;
  /** Sends what is left, where the collector takes it soon. */
  close(): Promise<void>;
}

/** Of the requests that come without a trace. All of them, at full load, took a quarter more CPU; this many take a few per cent. */
const SAMPLED_SHARE = 0.1;
const CLOSE_TIMEOUT_MS = 2_000;

/** Of W3C Trace Context, version 00. */
const TRACEPARENT = /^00-([\da-f]{32})-([\da-f]{16})-([\da-f]{2})$/;
const NOTHING = /^0+$/;

/**
 * Traces by OpenTelemetry, sent to the collector that OTEL_EXPORTER_OTLP_ENDPOINT names, as OTLP over HTTP. Its code is loaded here,
 * and not without a collector. One request in ten is traced, and each whose client traces it; OpenTelemetry reads its other variables, such as
 * OTEL_TRACES_SAMPLER, by itself.
 */
export async function openTracing(options: {
  role: string;
  version: string;
  /** Of OpenTelemetry, where the operator chose one: OpenTelemetry makes it. */
  sampler: string | undefined;
}): Promise<Tracing> {
  const [api, { OTLPTraceExporter }, { resourceFromAttributes }, sdk] = await Promise.all([
    import('@opentelemetry/api'),
    import('@opentelemetry/exporter-trace-otlp-http'),
    import('@opentelemetry/resources'),
    import('@opentelemetry/sdk-trace-base'),
  ]);
  const { BasicTracerProvider, BatchSpanProcessor, ParentBasedSampler, TraceIdRatioBasedSampler } = sdk;
  const provider = new BasicTracerProvider({
    ...(options.sampler === undefined && {
      sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(SAMPLED_SHARE) }),
    }),
    resource: resourceFromAttributes({
      'service.namespace': 'inkqueue',
      'service.name': `inkqueue-${options.role}`,
      'service.version': options.version,
      'process.pid': process.pid,
    }),
    spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter())],
  });
  return {
    tracer: provider.getTracer('inkqueue', options.version),
    contextOf(traceparent = '') {
      const [, traceId = '', spanId = '', flags = '0'] = TRACEPARENT.exec(traceparent) ?? [];
      if (NOTHING.test(traceId) || NOTHING.test(spanId) || traceId === '') return api.ROOT_CONTEXT;
      const spanContext: SpanContext = {
        traceId,
        spanId,
        traceFlags: Number.parseInt(flags, 16),
        isRemote: true,
      };
      return api.trace.setSpanContext(api.ROOT_CONTEXT, spanContext);
    },
    traceparentOf(span) {
      const { traceId, spanId, traceFlags } = span.spanContext();
      return `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`;
    },
    async close() {
      // A collector that is away keeps no process from ending.
      const sent = provider.shutdown().catch(() => {});
      await Promise.race([sent, delay(CLOSE_TIMEOUT_MS, null, { ref: false })]);
    },
  };
}
