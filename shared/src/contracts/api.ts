import { z } from 'zod/mini';
import { modelManifest } from './model.ts';
import { modelRef, prediction, predictionId, predictionResult, predictionTimings } from './prediction.ts';
import { queueLoad } from './queue.ts';

/** POST /predict, 200: the result's fields at the top level. */
export const predictResponse = z
  .extend(predictionResult, {
    id: predictionId,
    model: modelRef,
    timings: predictionTimings,
    preview: prediction.shape.preview,
    explanation: prediction.shape.explanation,
    worker: prediction.shape.worker,
    expires_at: prediction.shape.expires_at,
    cached: prediction.shape.cached,
    urls: prediction.shape.urls,
    links: prediction.shape.links,
  })
  .register(z.globalRegistry, { id: 'PredictResponse' });

export const modelList = z
  .object({ models: z.array(modelManifest) })
  .register(z.globalRegistry, { id: 'ModelList' });

export const liveness = z.object({ status: z.literal('ok') }).register(z.globalRegistry, { id: 'Liveness' });

export const readiness = z
  .object({
    status: z.enum(['ready', 'not-ready']),
    reasons: z
      .array(z.string())
      .check(z.describe('Why the service is not ready, in words; empty when ready')),
    warnings: z.array(z.string()).check(z.describe('What an operator should change, in words')),
    redis: z.object({ ok: z.boolean() }),
    workers: z.object({ ready: z.int() }),
  })
  .register(z.globalRegistry, { id: 'Readiness' });
export type Readiness = z.infer<typeof readiness>;

export const healthSummary = z
  .object({
    name: z.literal('inkqueue'),
    version: z.string(),
    status: z.enum(['ready', 'not-ready']),
    uptime_s: z.number(),
    workers: z.int().check(z.describe('Ready workers')),
    queue: queueLoad,
    links: z.object({
      ui: z.string(),
      docs: z.string(),
      openapi: z.string(),
      ready: z.string(),
      serving: z.string(),
    }),
  })
  .register(z.globalRegistry, { id: 'HealthSummary' });
export type HealthSummary = z.infer<typeof healthSummary>;
