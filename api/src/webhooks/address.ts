import { isIP } from 'node:net';
import { isPublicAddress } from '@inkqueue/shared/node/outgoing/address';
import { hostOf } from '@inkqueue/shared/node/outgoing/destination';
import { ProblemError } from '../errors.ts';

/** Most characters of an address. */
export const WEBHOOK_LENGTH_MAX = 2_048;

export type CheckWebhook = ReturnType<typeof createWebhookCheck>;

/**
 * Checks the addresses of webhooks as far as that goes without a look-up: where a name leads is checked at each attempt. No error
 * repeats an address, which may hold secrets.
 *
 * @param options.isOn whether the operator lets clients name webhooks
 * @param options.allowsPrivate whether they may be http, and lead into the private network
 */
export function createWebhookCheck(options: { isOn: boolean; allowsPrivate: boolean }) {
  const { isOn, allowsPrivate } = options;
  /**
   * The address in its one spelling; undefined for none.
   *
   * @throws ProblemError webhooks-off, invalid-request
   */
  return (text: string | undefined): string | undefined => {
    if (text === undefined) return undefined;
    if (!isOn) {
      const detail =
        'This service calls no webhooks. Wait for the prediction, poll it, or follow its events.';
      throw new ProblemError('webhooks-off', detail);
    }
    if (!URL.canParse(text)) throw refuse('is not valid', 'Send a complete https URL, percent-encoded.');
    const url = new URL(text);
    const protocols = allowsPrivate ? ['https:', 'http:'] : ['https:'];
    if (!protocols.includes(url.protocol)) throw refuse('does not start with https://', 'Send an https URL.');
    if (url.username !== '' || url.password !== '')
      throw refuse('contains a user name or a password', 'Verify the signature of what comes instead.');
    const host = hostOf(url);
    if (!allowsPrivate && isIP(host) && !isPublicAddress(host))
      throw refuse('is not on the public internet', 'Send a URL that anyone can reach.');
    url.hash = '';
    return url.href;
  };
}

function refuse(problem: string, remedy: string): ProblemError {
  return new ProblemError('invalid-request', `In the query: webhook: the URL ${problem}. ${remedy}`);
}
