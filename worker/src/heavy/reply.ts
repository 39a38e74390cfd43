import { z } from 'zod';
import { IMAGE_ERROR_CODES } from '../pipeline/image-error.ts';

/** What the process of a heavy image sends before it ends. */
const heavyReply = z.union([
  z.object({
    ink: z.object({
      pixels: z.custom<Uint8Array>((value) => value instanceof Uint8Array),
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
