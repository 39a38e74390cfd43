import { prediction } from '@inkqueue/shared/contracts/prediction';
import type { CallbackDescription } from '../http/route.ts';

/** What the service sends to the webhook that a client names, for the API document. */
export const webhookCallback: CallbackDescription = {
  name: 'predictionEnded',
  parameter: 'webhook',
  summary: 'The prediction has ended',
  description:
    'Comes at least once, signed as the Standard Webhooks specification has it. A response other than 2xx, no headers within 15 seconds, or a redirect is a failed attempt; there are eight within about 28 hours. 410 ends them at once. `Retry-After` of a 429 or 503 is respected up to an hour.',
  schema: prediction,
  headers: {
    'webhook-id': 'The prediction’s id, the same in each attempt',
    'webhook-timestamp': 'Seconds since 1970, of this attempt',
    'webhook-signature':
      '`v1,` and the HMAC-SHA256 in base64 of `{webhook-id}.{webhook-timestamp}.{body}`; several, separated by spaces, while the service changes its secret',
  },
};
