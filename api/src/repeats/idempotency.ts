import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { z } from 'zod';
import { ProblemError } from '../errors.ts';

/** How long a key is remembered. */
const KEPT_MS = 24 * 3_600_000;
/** A claim that nobody renews runs out after this: its process died, or hangs. */
const CLAIM_MS = 15_000;
const RENEW_MS = 5_000;
const LOOK_MS = 25;

const record = z.object({
  owner: z.string(),
  /** What was sent, and what it makes; null until the first request knows both. */
  fingerprint: z.string().nullable(),
  id: z.string().nullable(),
  /** Whether the prediction or batch exists; and when this was written, in Unix milliseconds. */
  isMade: z.boolean(),
  at: z.int(),
});

/** KEYS: key. ARGV: its value as it should be now, the next one or '' for none, how long that lasts. 0 where it is another. */
const SWAP = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
if ARGV[2] == '' then return redis.call('DEL', KEYS[1]) end
redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
return 1`;

interface SwapCommand {
  swapIdempotency(key: string, value: string, next: string, ms: number): Promise<number>;
}

/** Says what a request is about to make, before it makes it. */
export type Announce = (id: string, fingerprint: string) => Promise<void>;

/** What a request made, or what an earlier one with the same key had made. */
interface Once {
  id: string;
  isReplayed: boolean;
}

export type Idempotency = ReturnType<typeof createIdempotency>;

/**
 * Requests that carry an `Idempotency-Key` (draft-ietf-httpapi-idempotency-key-header): the first one with a key does the
 * work, and all others, of any api process, get what the first one made. A first one that fails leaves its key free. What it
 * makes is noted before it is made: where its process dies in between, the next request finds out whether it is there.
 */
export function createIdempotency(options: { connection: Redis; prefix: string }) {
  const { connection, prefix } = options;
  connection.defineCommand('swapIdempotency', { numberOfKeys: 1, lua: SWAP });
  const { swapIdempotency } = connection as unknown as SwapCommand;
  const keyOf = (key: string) => `${prefix}:idempotency:${key}`;
  const swap = async (key: string, value: string, next: string, ms: number) =>
    (await swapIdempotency.call(connection, keyOf(key), value, next, ms)) === 1;

  /** Does the work of the first request, whose claim is `claim`. */
  async function first(
    key: string,
    claim: string,
    work: (announce: Announce) => Promise<string>,
  ): Promise<string> {
    let value = claim;
    let made: Omit<z.infer<typeof record>, 'isMade'> | null = null;
    const renewal = setInterval(() => {
      if (!made) swap(key, claim, claim, CLAIM_MS).catch(() => {});
    }, RENEW_MS);
    async function note(isMade: boolean): Promise<void> {
      const next = JSON.stringify({ ...made, isMade });
      // Another request has taken the key over: this one was silent for too long.
      if (!(await swap(key, value, next, KEPT_MS))) throw inProgress();
      value = next;
    }
    let id: string;
    try {
      id = await work(async (announced, fingerprint) => {
        const { owner } = record.parse(JSON.parse(claim));
        made = { owner, fingerprint, id: announced, at: Date.now() };
        await note(false);
      });
    } catch (error) {
      await swap(key, value, '', 0).catch(() => {});
      throw error;
    } finally {
      clearInterval(renewal);
    }
    // The announcement is enough where this fails: the next request finds what it names.
    await note(true).catch(() => {});
    return id;
  }

  return {
    /**
     * Runs `work` for the first request with a key, and waits for that request's end in all others.
     *
     * @param work does the work, announces what it makes before it is made, and returns its id
     * @param compare reads what was sent without doing the work: equal requests have equal fingerprints
     * @param exists whether what was announced is there
     * @throws ProblemError idempotency-mismatch, idempotency-in-progress; and what `work` throws
     */
    async once(
      key: string,
      {
        work,
        compare,
        exists,
      }: {
        work: (announce: Announce) => Promise<string>;
        compare: () => Promise<string>;
        exists: (id: string) => Promise<boolean>;
      },
    ): Promise<Once> {
      const empty = { owner: randomUUID(), fingerprint: null, id: null, isMade: false, at: Date.now() };
      const claim = JSON.stringify(empty);
      if ((await connection.set(keyOf(key), claim, 'PX', CLAIM_MS, 'NX')) === 'OK') {
        return { id: await first(key, claim, work), isReplayed: false };
      }
      const fingerprint = await compare();
      for (const end = performance.now() + CLAIM_MS; performance.now() < end; await delay(LOOK_MS)) {
        const value = await connection.get(keyOf(key));
        // The first request failed, and what this one sent is read already: it is worth another try.
        if (value === null) break;
        const held = record.parse(JSON.parse(value));
        if (held.id === null) continue;
        if (held.fingerprint !== fingerprint) throw mismatch();
        if (held.isMade || (await exists(held.id))) return { id: held.id, isReplayed: true };
        if (held.at + CLAIM_MS > Date.now()) continue;
        await swap(key, value, '', 0);
        break;
      }
      throw inProgress();
    },
  };
}

const mismatch = () =>
  new ProblemError(
    'idempotency-mismatch',
    'The Idempotency-Key came with another picture or other options before. Use a new key for a new request.',
  );

const inProgress = () =>
  new ProblemError(
    'idempotency-in-progress',
    'A request with this Idempotency-Key is under way, or just failed. Send this one again.',
  );
