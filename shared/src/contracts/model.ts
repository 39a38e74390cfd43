import { z } from 'zod/mini';
import { digit, probability } from './prediction.ts';

const figures = z.object({
  n: z.int().check(z.describe('Measured pictures of one digit')),
  accuracy: z.number().check(z.describe('Share of them read right')),
  ece: z.optional(z.number()).check(z.describe('Expected calibration error, 15 bins')),
  uncertain: z.optional(z.int()).check(z.describe('How many results were uncertain')),
  by_kind: z
    .optional(z.record(z.string(), z.object({ n: z.int(), accuracy: z.number() })))
    .check(z.describe('The same by kind of picture')),
  non_digits: z
    .optional(z.object({ n: z.int(), uncertain: z.int(), auroc: z.nullable(z.number()) }))
    .check(
      z.describe(
        'Pictures of no digit: how many were called uncertain, and how well certainty tells them apart',
      ),
    ),
  numbers: z
    .optional(
      z.object({
        n: z.int(),
        exact: z.int(),
        digit_error_rate: z.number(),
        confident_single: z.int(),
      }),
    )
    .check(
      z.describe(
        'Pictures of several digits: how many were read exactly, the digits read wrong for each that is there, and how many were answered with one certain digit',
      ),
    ),
});

/** A model's manifest, models/<name>/model.json: what the worker checks the ONNX session against. */
export const modelManifest = z
  .object({
    name: z.string().check(z.regex(/^[a-z0-9][a-z0-9-]*$/)),
    version: z.string().check(z.minLength(1)),
    description: z.string(),
    file: z.string().check(z.describe('The ONNX file, relative to the manifest')),
    sha256: z.string().check(z.regex(/^[0-9a-f]{64}$/), z.describe('Of the ONNX file')),
    input: z.object({
      name: z.string(),
      shape: z
        .tuple([z.null(), z.literal(1), z.int(), z.int()])
        .check(z.describe('[batch, 1, height, width]; null is dynamic')),
      mean: z.number().check(z.describe('Subtracted from each ink value in 0…1')),
      std: z.number().check(z.positive(), z.describe('Divides after the mean is subtracted')),
    }),
    output: z.object({
      name: z.string(),
      classes: z
        .union([z.literal(10), z.literal(11)])
        .check(
          z.describe(
            'Logits per picture: ten digits and, where there is an eleventh, the log odds of no digit',
          ),
        ),
    }),
    labels: z.array(digit).check(z.length(10), z.describe('Digit of each of the first ten logits')),
    calibration: z.object({
      temperature: z.number().check(z.positive(), z.describe('Divides the ten digit logits before softmax')),
    }),
    thresholds: z.object({
      confidence: probability.check(z.describe('A result below is uncertain')),
      digit_score: z
        .nullable(probability)
        .check(z.describe('Probability of a digit below which a result is uncertain; null with ten logits')),
    }),
    metrics: z
      .record(z.string(), figures)
      .check(z.describe('Figures by data set, through the production pipeline')),
  })
  .check(
    z.refine((m) => (m.output.classes === 11) === (m.thresholds.digit_score !== null), {
      message: 'is set exactly when the network has an eleventh logit',
      path: ['thresholds', 'digit_score'],
    }),
  )
  .register(z.globalRegistry, { id: 'ModelManifest' });
export type ModelManifest = z.infer<typeof modelManifest>;
