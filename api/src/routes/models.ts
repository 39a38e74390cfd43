import { modelList } from '@inkqueue/shared/contracts/api';
import { type ModelManifest, modelManifest } from '@inkqueue/shared/contracts/model';
import type { WorkerPresence } from '@inkqueue/shared/node/presence';
import { z } from 'zod';
import { ProblemError } from '../errors.ts';
import { type Route, route } from '../http/route.ts';

/** The routes of the models, from the manifests of the workers that are ready now. */
export function modelRoutes(options: { workers: () => Promise<WorkerPresence[]> }): Route[] {
  async function models(): Promise<ModelManifest[]> {
    const present = await options.workers();
    return [...new Map(present.map(({ model }) => [`${model.name}@${model.version}`, model])).values()];
  }
  return [
    route({
      method: 'get',
      path: '/models',
      operationId: 'listModels',
      tag: 'Models',
      summary: 'The models that ready workers run',
      responses: { 200: { description: 'Empty while no worker is ready', schema: modelList } },
      problems: ['redis-unavailable', 'internal'],
      async handle(ctx) {
        ctx.body = { models: await models() };
      },
    }),
    route({
      method: 'get',
      path: '/models/{name}',
      operationId: 'getModel',
      tag: 'Models',
      summary: 'One model: its input, and how well it reads',
      params: z.object({ name: z.string().max(100) }),
      responses: { 200: { description: 'The manifest', schema: modelManifest } },
      problems: ['invalid-request', 'model-not-found', 'redis-unavailable', 'internal'],
      async handle(ctx, { params }) {
        const found = (await models()).find(({ name }) => name === params.name);
        if (!found)
          throw new ProblemError(
            'model-not-found',
            'No ready worker runs a model of this name. GET /models lists those that run.',
          );
        ctx.body = found;
      },
    }),
  ];
}
