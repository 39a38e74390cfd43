import { z } from 'zod/mini';

/**
 * What the api records of a delivery, and the webhooks process reads. The id of the delivery's job is that of its prediction, and the
 * value of `webhook-id`.
 */
export const deliveryData = z.object({
  /** Where the prediction is sent. It may hold secrets: no log and no problem document shows more of it than its host. */
  url: z.string().check(z.refine(URL.canParse)),
  /** The `traceparent` of the request that submitted the image, where requests are traced. */
  trace: z.optional(z.string()),
  /**
   * What is sent, from the first attempt on that failed or found no place at its host: further ones may come after the prediction is no
   * longer kept.
   */
  body: z.optional(z.string()),
  /** Whether `body` is of a failure that a client can have read again: then it holds only once the prediction is no longer kept. */
  mayChange: z.optional(z.boolean()),
});
export type DeliveryData = z.infer<typeof deliveryData>;
