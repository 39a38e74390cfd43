import { createHmac, createSecretKey, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Redis } from 'ioredis';

/**
 * A prediction's id is a UUIDv7 whose 32 hex digits are, in order:
 *
 *   20  its job: 12 of time in milliseconds, then version, variant and 26 random bits
 *    2  its index in that job
 *   10  a tag over the above: HMAC-SHA256 under this installation's secret, cut to 40 bits
 */
const JOB_DIGITS = 20;
const TAGGED_BYTES = 11;
const RANDOM_BITS = 26;

export interface PredictionAddress {
  jobId: string;
  index: number;
}

export interface Ids {
  /** The id of a new job. */
  newJob(): string;
  /** The id of the prediction at an index of a job. */
  at(address: PredictionAddress): string;
  /** Where a prediction is; null for an id that this installation never issued. */
  find(id: string): PredictionAddress | null;
}

/** Makes and reads ids. Ids of one process never collide; two processes share a millisecond's 2^26 numbers. */
export function createIds(secret: Buffer): Ids {
  let last = 0n;

  const key = createSecretKey(secret);

  /** Two hex digits for each byte that is left of the id. */
  function tag(digits: string): string {
    return createHmac('sha256', key)
      .update(digits)
      .digest('hex')
      .slice(0, 2 * (16 - TAGGED_BYTES));
  }

  return {
    newJob() {
      const time = BigInt(Date.now()) << BigInt(RANDOM_BITS);
      const fresh = time | BigInt(randomBytes(4).readUInt32BE() >>> (32 - RANDOM_BITS));
      // Within a millisecond the number goes up by one, so that no two jobs of this process share it.
      last = fresh >> BigInt(RANDOM_BITS) === last >> BigInt(RANDOM_BITS) ? last + 1n : fresh;
      const number = Number(last & BigInt((1 << RANDOM_BITS) - 1));
      const milliseconds = (last >> BigInt(RANDOM_BITS)).toString(16).padStart(12, '0');
      const randA = (number >>> 14).toString(16).padStart(3, '0');
      const randB = (0x8000 | (number & 0x3fff)).toString(16);
      return `${milliseconds}7${randA}${randB}`;
    },
    at({ jobId, index }) {
      const digits = jobId + index.toString(16).padStart(2, '0');
      return dashed(digits + tag(digits));
    },
    find(id) {
      const digits = id.replaceAll('-', '');
      const bytes = Buffer.from(digits, 'hex');
      // Only the one spelling that was issued: upper case or a tail would decode to the same bytes.
      if (bytes.length !== 16 || dashed(bytes.toString('hex')) !== id) return null;
      const tagged = digits.slice(0, 2 * TAGGED_BYTES);
      if (!timingSafeEqual(Buffer.from(tag(tagged), 'hex'), bytes.subarray(TAGGED_BYTES))) return null;
      return { jobId: digits.slice(0, JOB_DIGITS), index: bytes[TAGGED_BYTES - 1]! };
    },
  };
}

/** When the job was opened, in Unix milliseconds: its first picture came in that moment. */
export function jobCreatedAt(jobId: string): number {
  return Number.parseInt(jobId.slice(0, 12), 16);
}

/** When the prediction was made, in Unix milliseconds: the first 48 bits of a UUIDv7. */
export function createdAt(id: string): number {
  return Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
}

/** The secret behind the ids, made by whichever api replica starts first and shared by all through Redis. */
export async function loadIdSecret(options: { connection: Redis; prefix: string }): Promise<Buffer> {
  const { connection, prefix } = options;
  const key = `${prefix}:id-secret`;
  await connection.set(key, randomBytes(32), 'NX');
  const secret = await connection.getBuffer(key);
  if (!secret) throw new Error(`${key} vanished from Redis while the api started`);
  return secret;
}

function dashed(hex: string): string {
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
