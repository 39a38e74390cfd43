import type { IncomingMessage } from 'node:http';
import { abortion } from '@inkqueue/shared/node/outgoing/abortion';
import {
  DestinationError,
  type DestinationRules,
  findAddresses,
} from '@inkqueue/shared/node/outgoing/destination';
import { requestAt } from '@inkqueue/shared/node/outgoing/request';
import { reasonOf } from '@inkqueue/shared/node/reason';
import type { Attempt, Verdict } from '../queue/deliveries/attempt.ts';
import type { createHosts } from './hosts.ts';
import { retryAfterMs } from './retry-after.ts';
import type { Sign } from './signing.ts';
import type { TraceAttempt } from './tracing.ts';

/** Of a response's body so much is read, and thrown away: a receiver that sends more sees the connection end. */
const BODY_MAX_BYTES = 65_536;
/** What a receiver says that wants no more of these messages. */
const GONE = 410;

/**
 * Sends predictions to the webhooks of clients. This process stands inside a private network, so every address of a host is checked
 * before it connects (`shared/src/node/outgoing/`). No redirect is followed: a client names the address that is meant.
 *
 * @param options.timeoutMs for everything together: DNS, connecting, the response's headers
 * @param options.stopping aborted when the process waits no longer: attempts under way are given back
 * @param options.trace makes a span for each attempt; null where nothing is traced
 * @param options.rules which hosts it connects to
 * @param options.ca certificates (PEM) that are trusted in place of those of Node.js
 */
export function createSender(options: {
  sign: Sign;
  hosts: ReturnType<typeof createHosts>;
  timeoutMs: number;
  stopping: AbortSignal;
  trace: TraceAttempt | null;
  rules?: DestinationRules;
  ca?: string;
}) {
  const { sign, hosts, timeoutMs, stopping, trace, rules, ca } = options;

  async function post(
    attempt: Attempt,
    traceparent: string | undefined,
    signal: AbortSignal,
  ): Promise<Verdict> {
    const { id, url, body } = attempt;
    const addresses = await findAddresses(url, signal, rules);
    signal.throwIfAborted();
    const response = await requestAt(url, {
      addresses,
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
        'user-agent': 'inkqueue',
        ...sign(id, body, Date.now()),
        ...(traceparent !== undefined && { traceparent }),
      },
      body: Buffer.from(body),
      ca,
      signal,
    });
    const verdict = judge(response);
    await discard(response);
    return verdict;
  }

  async function attemptIt(attempt: Attempt, traceparent: string | undefined): Promise<Verdict> {
    const late = AbortSignal.timeout(timeoutMs);
    const signal = AbortSignal.any([late, stopping]);
    try {
      return await Promise.race([post(attempt, traceparent, signal), abortion(signal)]);
    } catch (error) {
      if (stopping.aborted) return { outcome: 'postponed', afterMs: 0 };
      if (late.aborted)
        return { outcome: 'failed', status: null, why: `no response within ${timeoutMs / 1_000} s` };
      if (error instanceof DestinationError && error.reason === 'not-allowed')
        return { outcome: 'refused', status: null, why: 'the host is not on the public internet' };
      return {
        outcome: 'failed',
        status: null,
        why: error instanceof DestinationError ? 'the host name has no address' : reasonOf(error),
      };
    }
  }

  return async (attempt: Attempt): Promise<Verdict> => {
    const place = hosts.take(attempt.url.host);
    if (typeof place === 'number') return { outcome: 'postponed', afterMs: place };
    const span = trace?.(attempt);
    try {
      const verdict = await attemptIt(attempt, span?.traceparent);
      span?.end(verdict);
      return verdict;
    } finally {
      place();
    }
  };
}

function judge({ statusCode = 0, headers }: IncomingMessage): Verdict {
  const status = statusCode;
  if (status >= 200 && status <= 299) return { outcome: 'delivered', status };
  if (status === GONE) return { outcome: 'refused', status, why: 'the receiver wants no more' };
  const isBusy = status === 429 || status === 503;
  const after = isBusy ? retryAfterMs(headers['retry-after'], Date.now()) : undefined;
  return { outcome: 'failed', status, why: `the receiver responded ${status}`, retryAfterMs: after };
}

/** Lets the receiver finish a short response; how that ends changes nothing. */
async function discard(response: IncomingMessage): Promise<void> {
  let bytes = 0;
  try {
    for await (const chunk of response) {
      bytes += chunk.length;
      if (bytes > BODY_MAX_BYTES) break;
    }
  } catch {
    // The connection ended before the body did, or the time ran out.
  } finally {
    response.destroy();
  }
}
