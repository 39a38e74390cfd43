import { setTimeout as delay } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { z } from 'zod';
import { ProblemError } from '../errors.ts';

/** How long a key is remembered. */
const KEPT_MS = 24 * 3_600_000;
/** A claim of a process that died runs out after this. */
const CLAIM_MS = 15_000;
const RENEW_MS = 5_000;
const LOOK_MS = 25;

const record = z.object({
  /** What was sent; null while the first request is under way. */
  fingerprint: z.string().nullable(),
  /** What it made. */
  id: z.string(),
});

const CLAIM = JSON.stringify({ fingerprint: null, id: '' });

/** What a request made, or what an earlier one with the same key had made. */
export interface Once {
  id: string;
  isReplayed: boolean;
}

export type Idempotency = ReturnType<typeof createIdempotency>;

/**
 * Requests that carry an `Idempotency-Key` (draft-ietf-httpapi-idempotency-key-header): the first one with a key does the
 * work, and all others, of any api process, get what the first one made. A first one that fails leaves its key free.
 */
export function createIdempotency(options: { connection: Redis; prefix: string }) {
  const { connection, prefix } = options;
  const keyOf = (key: string) => `${prefix}:idempotency:${key}`;

  /** Null where the key is claimed for this request now. */
  async function claim(key: string): Promise<z.infer<typeof record> | null> {
    for (;;) {
      if ((await connection.set(keyOf(key), CLAIM, 'PX', CLAIM_MS, 'NX')) === 'OK') return null;
      const held = await connection.get(keyOf(key));
      // The key became free between the two.
      if (held !== null) return record.parse(JSON.parse(held));
    }
  }

  return {
    /**
     * Runs `work` for the first request with a key, and waits for that request's end in all others.
     *
     * @param work does the work and names what it made, and what was sent: equal requests have equal fingerprints
     * @param compare reads what was sent without doing the work; called where the key is taken
     * @throws ProblemError idempotency-mismatch, idempotency-in-progress; and what `work` throws
     */
    async once(
      key: string,
      {
        work,
        compare,
      }: { work: () => Promise<{ id: string; fingerprint: string }>; compare: () => Promise<string> },
    ): Promise<Once> {
      let held = await claim(key);
      if (!held) return { id: await first(key, work), isReplayed: false };
      const fingerprint = await compare();
      for (const end = performance.now() + CLAIM_MS; held?.fingerprint === null; ) {
        if (performance.now() > end) throw inProgress();
        await delay(LOOK_MS);
        const now = await connection.get(keyOf(key));
        // The first request failed, and what this one sent is read already: it is worth another try.
        if (now === null) throw inProgress();
        held = record.parse(JSON.parse(now));
      }
      if (held.fingerprint === fingerprint) return { id: held.id, isReplayed: true };
      throw new ProblemError(
        'idempotency-mismatch',
        'The Idempotency-Key came with another picture or other options before. Use a new key for a new request.',
      );
    },
  };

  async function first(
    key: string,
    work: () => Promise<{ id: string; fingerprint: string }>,
  ): Promise<string> {
    const renewal = setInterval(
      () => void connection.pexpire(keyOf(key), CLAIM_MS).catch(() => {}),
      RENEW_MS,
    );
    try {
      const { id, fingerprint } = await work();
      await connection.set(keyOf(key), JSON.stringify({ fingerprint, id }), 'PX', KEPT_MS);
      return id;
    } catch (error) {
      await connection.del(keyOf(key)).catch(() => {});
      throw error;
    } finally {
      clearInterval(renewal);
    }
  }
}

const inProgress = () =>
  new ProblemError(
    'idempotency-in-progress',
    'A request with this Idempotency-Key is under way, or just failed. Send this one again.',
  );
