import { z } from 'zod';

/** The query of every route that takes images. */
export const submitQuery = z.object({
  priority: z
    .enum(['normal', 'low'])
    .default('normal')
    .describe('`low` goes after all others of the same kind'),
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
