import { createHmac } from 'node:crypto';

export type Sign = ReturnType<typeof createSigner>;

/**
 * Signs messages as the Standard Webhooks specification 1.0 has it (https://www.standardwebhooks.com): HMAC-SHA256 over id, time and
 * body, with each secret, so that a receiver that has either one verifies it.
 */
export function createSigner(secrets: readonly Buffer[]) {
  /** The headers of a message. @param now Unix milliseconds */
  return (id: string, body: string, now: number) => {
    const timestamp = Math.floor(now / 1_000);
    const signatures = secrets.map(
      (secret) => `v1,${createHmac('sha256', secret).update(`${id}.${timestamp}.${body}`).digest('base64')}`,
    );
    return {
      'webhook-id': id,
      'webhook-timestamp': String(timestamp),
      'webhook-signature': signatures.join(' '),
    };
  };
}
