import { expectation } from '@inkqueue/shared/contracts/prediction';
import { z } from 'zod';

/** The query of every route that takes images. */
export const submitQuery = z.object({
  priority: z
    .enum(['normal', 'low'])
    .default('normal')
    .describe('`low` goes after all others of the same kind'),
  expect: z
    .enum(expectation.def.entries)
    .default('auto')
    .describe(
      'How many digits the picture shows. `one`: one digit, and what else is on it lies around it; the most central is read. `many`: a number, or lines of numbers; all is read. `auto`: what the picture looks like',
    ),
  preview: z
    .stringbool({ truthy: ['true', '1', 'yes', 'on', ''], falsy: ['false', '0', 'no', 'off'] })
    .default(false)
    .meta({
      description: 'Keep the network’s 28×28 input and return it with the result; false by default',
      // The schema parses text; OpenAPI documents the boolean that the text means. `?preview` alone is true.
      type: 'boolean',
      allowEmptyValue: true,
    }),
});
