import type { LookupAddress } from 'node:dns';
import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import { abortion } from '@inkqueue/shared/node/outgoing/abortion';
import { networkOf } from '@inkqueue/shared/node/outgoing/address';
import {
  DestinationError,
  type DestinationRules,
  findAddresses,
  hostOf,
} from '@inkqueue/shared/node/outgoing/destination';
import { requestAt } from '@inkqueue/shared/node/outgoing/request';
import { reasonOf } from '@inkqueue/shared/node/reason';
import { systemNow } from '@inkqueue/shared/node/redis/clock';
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
 * @param options.hosts the places of each network that a host's addresses lead to: names and ports cost a client nothing
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

  /** What the receiver's headers say is the verdict, however the response goes on. */
  async function post(
    { id, url, body }: Attempt,
    addresses: LookupAddress[],
    traceparent: string | undefined,
    signal: AbortSignal,
  ): Promise<Verdict> {
    const request = requestAt(url, {
      addresses,
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
        'user-agent': 'inkqueue',
        // A receiver compares the time with its own clock, which Redis's may be far from.
        ...sign(id, body, systemNow()),
        ...(traceparent !== undefined && { traceparent }),
      },
      body: Buffer.from(body),
      ca,
      signal,
    });
    const response = await Promise.race([request, abortion(signal)]);
    const verdict = judge(response);
    await discard(response);
    return verdict;
  }

  /** Takes a place where the host's addresses lead, and sends. */
  async function attemptIt(
    attempt: Attempt,
    traceparent: string | undefined,
    signal: AbortSignal,
  ): Promise<Verdict> {
    const addresses = await Promise.race([findAddresses(attempt.url, signal, rules), abortion(signal)]);
    signal.throwIfAborted();
    const place = hosts.take(placeOf(addresses));
    if (typeof place === 'number') return { outcome: 'postponed', afterMs: place };
    try {
      return await post(attempt, addresses, traceparent, signal);
    } finally {
      place();
    }
  }

  function judgeError(error: unknown, url: URL, isLate: boolean): Verdict {
    const failed = (why: string): Verdict => ({ outcome: 'failed', status: null, why });
    if (stopping.aborted) return { outcome: 'postponed', afterMs: 0 };
    if (isLate) return failed(`no response within ${timeoutMs / 1_000} s`);
    if (!(error instanceof DestinationError)) return failed(reasonOf(error));
    if (error.reason === 'no-address') return failed('the host name has no address');
    const why = 'the host is not on the public internet';
    // What a name server says of a name may be another thing tomorrow.
    return isIP(hostOf(url)) ? { outcome: 'refused', status: null, why } : failed(why);
  }

  return async (attempt: Attempt): Promise<Verdict> => {
    // Not AbortSignal.any: in Node.js 20, a signal that lives as long as the process keeps each one that was made of it.
    const ending = new AbortController();
    const stop = () => ending.abort();
    let isLate = false;
    const deadline = setTimeout(() => {
      isLate = true;
      stop();
    }, timeoutMs);
    stopping.addEventListener('abort', stop);
    if (stopping.aborted) stop();
    const span = trace?.(attempt);
    let verdict: Verdict;
    try {
      verdict = await attemptIt(attempt, span?.traceparent, ending.signal);
    } catch (error) {
      verdict = judgeError(error, attempt.url, isLate);
    } finally {
      clearTimeout(deadline);
      stopping.removeEventListener('abort', stop);
    }
    // What is postponed counts as no attempt, and a span that never ends is never exported.
    if (verdict.outcome !== 'postponed') span?.end(verdict);
    return verdict;
  };
}

/** Where a host's places are kept: the same for all names, ports and orders of addresses that lead to one server. IPv4 goes first. */
function placeOf(addresses: readonly LookupAddress[]): string {
  const [first] = addresses.map(({ address, family }) => `${family} ${networkOf(address)}`).sort();
  return first ?? '';
}

function judge({ statusCode = 0, headers }: IncomingMessage): Verdict {
  const status = statusCode;
  if (status >= 200 && status <= 299) return { outcome: 'delivered', status };
  if (status === GONE) return { outcome: 'refused', status, why: 'the receiver wants no more' };
  const isBusy = status === 429 || status === 503;
  const after = isBusy ? retryAfterMs(headers['retry-after'], systemNow()) : undefined;
  return { outcome: 'failed', status, why: `the receiver responded ${status}`, retryAfterMs: after };
}

/** Lets the receiver finish a short response, until the attempt's signal ends the connection; how that ends changes nothing. */
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
