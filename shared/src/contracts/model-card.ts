import { z } from 'zod/mini';
import { probability } from './prediction.ts';

const count = z.int().check(z.minimum(0));

/** What was measured on one set of pictures, beside the figures of the manifest. */
export const measuredSet = z
  .object({
    n: count.check(z.describe('Pictures of one digit')),
    accuracy: probability.check(z.describe('Share of them read right')),
    by_kind: z
      .record(z.string(), z.object({ n: count, correct: count }))
      .check(z.describe('How many of each kind, and how many of them were read right')),
    confusion: z
      .array(z.array(count).check(z.length(10)))
      .check(
        z.length(10),
        z.describe(
          'confusion[digit][read]: how often the digit was read as which; refused pictures are in none',
        ),
      ),
    reliability: z
      .optional(z.array(z.object({ n: count, correct: count, confidence: z.nullable(probability) })))
      .check(
        z.describe(
          'How sure against how right: the results in bins of equal width of confidence, from low to high, with their mean confidence; absent where it was not measured',
        ),
      ),
  })
  .register(z.globalRegistry, { id: 'MeasuredSet' });
export type MeasuredSet = z.infer<typeof measuredSet>;

/** What a model’s folder says of it: GET /models/{name}/card. */
export const modelCard = z
  .object({
    name: z.string(),
    version: z.string(),
    card: z.nullable(z.string()).check(z.describe('The model card, as Markdown; null where it has none')),
    sets: z
      .record(z.string(), measuredSet)
      .check(z.describe('By set of pictures; empty where nothing was measured')),
  })
  .register(z.globalRegistry, { id: 'ModelCard' });
export type ModelCard = z.infer<typeof modelCard>;
