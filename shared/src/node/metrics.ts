import { createServer, type Server } from 'node:http';
import { collectDefaultMetrics, Gauge, Registry, type RegistryContentType } from 'prom-client';

/**
 * A process's metrics: of Node.js, and which build runs. The process adds its own to the registry.
 *
 * @param options.hasExemplars whether some have exemplars, which only the OpenMetrics format can say
 */
export function createMetrics(options: {
  role: string;
  version: string;
  hasExemplars?: boolean;
}): AnyRegistry {
  const { role, version, hasExemplars = false } = options;
  const registry: AnyRegistry = new Registry();
  if (hasExemplars) registry.setContentType(Registry.OPENMETRICS_CONTENT_TYPE);
  collectDefaultMetrics({ register: registry });
  new Gauge({
    name: 'inkqueue_build_info',
    help: 'Always 1; the labels say which build runs.',
    labelNames: ['role', 'version', 'node'],
    registers: [registry],
  }).set({ role, version, node: process.version }, 1);
  return registry;
}

/** A registry that writes either format. */
export type AnyRegistry = Registry<RegistryContentType>;

/**
 * Answers GET /metrics in Prometheus's text format, on a port of its own: clients of the service must not read it.
 *
 * @param options.refresh brings gauges up to date that are read elsewhere, before each answer
 */
export function createMetricsServer(options: {
  registry: AnyRegistry;
  refresh?: () => Promise<void>;
}): Server {
  const { registry, refresh } = options;
  return createServer(async (request, response) => {
    if (request.method !== 'GET' || request.url?.split('?')[0] !== '/metrics') {
      response.writeHead(404).end();
      return;
    }
    try {
      await refresh?.();
      const text = await registry.metrics();
      response.writeHead(200, { 'content-type': registry.contentType }).end(text);
    } catch {
      // What could not be read is missing in Prometheus, and an alert says so.
      response.writeHead(500).end();
    }
  });
}

/** Upper bounds of histograms of durations, in seconds: from what a small picture takes to what a client may wait. */
export const DURATION_BUCKETS = [
  0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60,
];
