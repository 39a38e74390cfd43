import { healthSummary, liveness, readiness } from '@inkqueue/shared/contracts/api';
import type { Health } from '../health.ts';
import { type Route, route } from '../http/route.ts';

/** The routes for operators and orchestrators. */
export function healthRoutes(options: { health: Health; version: string; basePath: string }): Route[] {
  const { health, version, basePath } = options;
  return [
    route({
      method: 'get',
      path: '/',
      operationId: 'getSummary',
      tag: 'Health',
      summary: 'The service and its state at a glance',
      responses: { 200: { description: 'The summary', schema: healthSummary } },
      problems: ['internal'],
      async handle(ctx) {
        const [state, queue] = await Promise.all([health.readiness(), health.queueLoad()]);
        ctx.body = {
          name: 'inkqueue',
          version,
          status: state.status,
          uptime_s: Math.round(process.uptime()),
          workers: state.workers.ready,
          queue,
          links: {
            ui: `${basePath}/ui/`,
            docs: `${basePath}/docs`,
            openapi: `${basePath}/openapi.json`,
            ready: `${basePath}/health/ready`,
          },
        };
      },
    }),
    route({
      method: 'get',
      path: '/health/live',
      operationId: 'getLiveness',
      tag: 'Health',
      summary: 'Liveness: the process responds',
      responses: { 200: { description: 'The process responds', schema: liveness } },
      problems: [],
      async handle(ctx) {
        ctx.body = { status: 'ok' };
      },
    }),
    route({
      method: 'get',
      path: '/health/ready',
      operationId: 'getReadiness',
      tag: 'Health',
      summary: 'Readiness: a picture sent now would be read',
      description: 'Ready means: Redis responds, and at least one worker is ready.',
      responses: {
        200: { description: 'Ready', schema: readiness },
        503: { description: 'Not ready, with the reasons', schema: readiness },
      },
      problems: [],
      async handle(ctx) {
        const state = await health.readiness();
        ctx.status = state.status === 'ready' ? 200 : 503;
        ctx.body = state;
      },
    }),
  ];
}
