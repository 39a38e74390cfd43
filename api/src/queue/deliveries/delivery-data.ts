import { z } from 'zod/mini';

/**
 * What the api records of a delivery, and the webhooks process reads. The id of the delivery's job is that of its prediction, and the
 * value of `webhook-id`.
 */
export const deliveryData = z.object({
  /** Where the prediction is sent. It may hold secrets: no log and no problem document shows more of it than its host. */
  url: z.string(),
  /** The `traceparent` of the request that submitted the image, where requests are traced. */
  trace: z.optional(z.string()),
  /** What is sent, from the first attempt that failed on: further ones may come after the prediction is no longer kept. */
  body: z.optional(z.string()),
});
export type DeliveryData = z.infer<typeof deliveryData>;
