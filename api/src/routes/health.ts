import { healthSummary, liveness, type Readiness, readiness } from '@inkqueue/shared/contracts/api';
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
        const [state, queue] = await Promise.all([health.serving(), health.queueLoad()]);
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
            serving: `${basePath}/health/serving`,
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
    readinessRoute({
      path: '/health/ready',
      operationId: 'getReadiness',
      summary: 'Readiness: this api can handle requests',
      description:
        'Ready means: Redis answers, and the api is not stopping. For orchestrators: it takes neither a worker, so that workers can be scaled to zero, nor room in the queue, so that results can be fetched.',
      look: health.readiness,
    }),
    readinessRoute({
      path: '/health/serving',
      operationId: 'getServing',
      summary: 'Service: a picture sent now would be read now',
      description:
        'Ready means: a worker is ready as well, there is room, and no operator has paused or drained the queue.',
      look: health.serving,
    }),
  ];
}

function readinessRoute(options: {
  path: string;
  operationId: string;
  summary: string;
  description: string;
  look: () => Promise<Readiness>;
}): Route {
  const { look, ...description } = options;
  return route({
    method: 'get',
    tag: 'Health',
    ...description,
    responses: {
      200: { description: 'Ready', schema: readiness },
      503: { description: 'Not ready, with the reasons', schema: readiness },
    },
    problems: [],
    async handle(ctx) {
      const state = await look();
      ctx.status = state.status === 'ready' ? 200 : 503;
      ctx.body = state;
    },
  });
}
