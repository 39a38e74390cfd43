import { expectation } from '@inkqueue/shared/contracts/prediction';
import { z } from 'zod';
import { IMAGE_ERROR_CODES } from '../pipeline/image-error.ts';

/** What the process of a heavy image is to do: how many bytes the image has, and how it is to be read. */
export const heavyTask = z.object({
  length: z.int(),
  options: z.object({ expect: z.optional(expectation) }),
});
export type HeavyTask = z.infer<typeof heavyTask>;

const candidate = z.object({
  from: z.int(),
  to: z.int(),
  cost: z.number(),
  isDoubtful: z.boolean(),
  pixels: z.custom<Uint8Array>((value) => value instanceof Uint8Array),
  box: z.object({ left: z.number(), top: z.number(), width: z.number(), height: z.number() }),
});

/** What the process of a heavy image sends before it ends. */
const heavyReply = z.union([
  z.object({
    ink: z.object({
      reading: z.object({
        lines: z.array(z.object({ pieces: z.int(), candidates: z.array(candidate) })),
        mayBeSeveral: z.optional(z.boolean()),
      }),
      timings: z.object({ decode_ms: z.number(), normalize_ms: z.number() }),
    }),
  }),
  z.object({ error: z.object({ code: z.enum(IMAGE_ERROR_CODES), message: z.string() }) }),
]);
export type HeavyReply = z.infer<typeof heavyReply>;

/** What the host says once the process of an image has ended: the process's reply, if any, and how it ended. */
export const hostReply = z.object({
  said: z.optional(heavyReply),
  code: z.nullable(z.int()),
  signal: z.nullable(z.string()),
});
export type HostReply = Omit<z.infer<typeof hostReply>, 'said'> & { said: unknown };
