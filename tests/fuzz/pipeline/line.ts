import { z } from 'zod';

/** The descriptor on which a lane's process says what it does. */
export const LINE_FD = 3;

/** What a lane says, a line of JSON each. Bytes and milliseconds. */
export const line = z.union([
  z.object({ begun: z.number() }),
  z.object({
    ended: z.number(),
    format: z.string(),
    end: z.string(),
    milliseconds: z.number(),
    fault: z.string().optional(),
  }),
  z.object({ rss: z.number(), at: z.number() }),
  /** The most that the process ever held, and which inputs ran when that grew. */
  z.object({ peak: z.number(), running: z.array(z.number()) }),
]);
export type Line = { fault?: string | undefined } & z.infer<typeof line>;
