import { z } from 'zod';
import { modelManifest } from './model.ts';
import { modelRef, prediction, predictionId, predictionResult, predictionTimings } from './prediction.ts';

/** POST /predict, 200: the result's fields at the top level. */
export const predictAnswer = predictionResult
  .extend({ id: predictionId, model: modelRef, timings: predictionTimings, links: prediction.shape.links })
  .meta({ id: 'PredictAnswer' });

export const modelList = z.object({ models: z.array(modelManifest) }).meta({ id: 'ModelList' });

export const liveness = z.object({ status: z.literal('ok') }).meta({ id: 'Liveness' });

export const readiness = z
  .object({
    status: z.enum(['ready', 'not-ready']),
    reasons: z.array(z.string()).describe('Why not, in words; empty when ready'),
    redis: z.object({ ok: z.boolean() }),
    workers: z.object({ ready: z.int() }),
  })
  .meta({ id: 'Readiness' });
export type Readiness = z.infer<typeof readiness>;

export const healthSummary = z
  .object({
    name: z.literal('inkqueue'),
    version: z.string(),
    status: z.enum(['ready', 'not-ready']),
    uptime_s: z.number(),
    workers: z.int().describe('Workers ready'),
    queue: z
      .object({
        pictures: z.int().describe('Waiting or being read'),
        bytes: z.int().describe('Of those pictures'),
        jobs: z.object({ waiting: z.int(), active: z.int() }),
      })
      .nullable()
      .describe('null while Redis is away'),
    links: z.object({ ui: z.string(), docs: z.string(), openapi: z.string(), ready: z.string() }),
  })
  .meta({ id: 'HealthSummary' });
export type HealthSummary = z.infer<typeof healthSummary>;
