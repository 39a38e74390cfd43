import { modelList } from '@inkqueue/shared/contracts/api';
import { type ModelManifest, modelManifest } from '@inkqueue/shared/contracts/model';
import { type ModelCard, modelCard } from '@inkqueue/shared/contracts/model-card';
import type { WorkerPresence } from '@inkqueue/shared/node/presence';
import { z } from 'zod';
import { ProblemError } from '../errors.ts';
import { type Route, route } from '../http/route.ts';

/** The routes of the models, from the manifests of the workers that are ready now. */
export function modelRoutes(options: {
  workers: () => Promise<WorkerPresence[]>;
  /** What the model's folder says of it; null where no worker brought it. */
  card: (model: ModelManifest) => Promise<ModelCard | null>;
}): Route[] {
  async function models(): Promise<ModelManifest[]> {
    const present = await options.workers();
    return [...new Map(present.map(({ model }) => [`${model.name}@${model.version}`, model])).values()];
  }
  async function modelNamed(name: string): Promise<ModelManifest> {
    const found = (await models()).find((model) => model.name === name);
    if (found) return found;
    throw new ProblemError(
      'model-not-found',
      'No ready worker runs a model of this name. GET /models lists those that run.',
    );
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
        ctx.body = await modelNamed(params.name);
      },
    }),
    route({
      method: 'get',
      path: '/models/{name}/card',
      operationId: 'getModelCard',
      tag: 'Models',
      summary: 'One model: its card, what it misreads, and how sure it is against how right',
      params: z.object({ name: z.string().max(100) }),
      responses: { 200: { description: 'What the model’s folder says of it', schema: modelCard } },
      problems: ['invalid-request', 'model-not-found', 'redis-unavailable', 'internal'],
      async handle(ctx, { params }) {
        const model = await modelNamed(params.name);
        const { name, version } = model;
        ctx.body = (await options.card(model)) ?? { name, version, card: null, sets: {} };
      },
    }),
  ];
}
