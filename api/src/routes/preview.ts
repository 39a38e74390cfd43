import { z } from 'zod';

/** The query of every route that takes pictures. */
export const previewQuery = z.object({
  preview: z
    .stringbool({ truthy: ['true'], falsy: ['false'] })
    .default(false)
    .meta({
      description: 'Keep what the network saw of the picture, and answer with it; false when left out',
      // What is parsed is the query’s text; what it says is a boolean.
      type: 'boolean',
    }),
});
