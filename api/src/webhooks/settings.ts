import { WEBHOOK_SECRET_ABOUT } from '@inkqueue/shared/node/env';
import { z } from 'zod';

/** Of the Standard Webhooks specification: a secret is 24 to 64 bytes. */
const SECRET = /^whsec_([A-Za-z0-9+/]+={0,2})$/;
const SECRET_BYTES = { min: 24, max: 64 };

function parseSecret(text: string): Buffer | null {
  const bytes = Buffer.from(SECRET.exec(text)?.[1] ?? '', 'base64');
  return bytes.length >= SECRET_BYTES.min && bytes.length <= SECRET_BYTES.max ? bytes : null;
}

/** Settings of webhooks that the api and the webhooks process share. */
export const webhookSettings = {
  WEBHOOK_SECRET: z
    .string()
    .transform((text, { addIssue }) => {
      const secrets = text.trim().split(/\s+/).map(parseSecret);
      if (secrets.every((secret) => secret !== null)) return secrets;
      addIssue(
        'must be whsec_ and 24 to 64 random bytes in base64; several such secrets are separated by spaces',
      );
      return z.NEVER;
    })
    .optional()
    .describe(WEBHOOK_SECRET_ABOUT),
  WEBHOOK_ALLOW_PRIVATE: z
    .stringbool()
    .default(false)
    .describe(
      '1 lets webhooks be http and lead into the private network, for development and for receivers of one’s own',
    ),
};
