import { z } from 'zod';

const figures = z.object({
  n: z.int().describe('Pictures measured'),
  accuracy: z.number(),
  ece: z.number().optional().describe('Expected calibration error, 15 bins'),
});

/** A model's manifest, models/<name>/model.json: what the worker checks the ONNX session against. */
export const modelManifest = z
  .object({
    name: z.string().regex(/^[a-z0-9][a-z0-9-]*$/),
    version: z.string().min(1),
    description: z.string(),
    file: z.string().describe('The ONNX file, relative to the manifest'),
    sha256: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .describe('Of the ONNX file'),
    input: z.object({
      name: z.string(),
      shape: z
        .tuple([z.null(), z.literal(1), z.int(), z.int()])
        .describe('[batch, 1, height, width]; null is dynamic'),
      mean: z.number().describe('Subtracted from each ink value in 0…1'),
      std: z.number().positive().describe('Divides after the mean is subtracted'),
    }),
    output: z.object({
      name: z.string(),
      classes: z
        .union([z.literal(10), z.literal(11)])
        .describe('Logits per picture: ten digits and, where there is an eleventh, the log odds of no digit'),
    }),
    labels: z.array(z.int().min(0).max(9)).length(10).describe('Digit of each of the first ten logits'),
    calibration: z.object({
      temperature: z.number().positive().describe('Divides the ten digit logits before softmax'),
    }),
    thresholds: z.object({
      confidence: z.number().min(0).max(1).describe('Below it an answer is uncertain'),
      digit_score: z
        .number()
        .min(0)
        .max(1)
        .nullable()
        .describe('Probability of a digit below which an answer is uncertain; null with ten logits'),
    }),
    metrics: z.record(z.string(), figures).describe('Figures by data set, through the production pipeline'),
  })
  .refine((m) => (m.output.classes === 11) === (m.thresholds.digit_score !== null), {
    message: 'is set exactly when the network has an eleventh logit',
    path: ['thresholds', 'digit_score'],
  })
  .meta({ id: 'ModelManifest' });
export type ModelManifest = z.infer<typeof modelManifest>;
