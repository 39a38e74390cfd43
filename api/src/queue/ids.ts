import { createHmac, createSecretKey, type KeyObject, randomBytes, timingSafeEqual } from 'node:crypto';

/**
 * An id is a UUIDv7 whose 32 hex digits are, in order:
 *
 *   20  a job: 12 of time in milliseconds, then version, variant and 26 random bits
 *    2  the prediction's index in that job, or BATCH_MARK for the id of a batch
 *   10  a tag over the above: HMAC-SHA256 under this installation's secret, cut to 40 bits
 */
const JOB_DIGITS = 20;
const TAGGED_BYTES = 11;
const RANDOM_BITS = 26;
/** Secrets whose ids are valid. More than one is there only after Redis lost its data. */
const SECRETS_MAX = 4;
/** No job holds this many predictions. */
const BATCH_MARK = 0xff;

/** Where BullMQ holds a prediction. */
export interface Address {
  jobId: string;
  index: number;
}

export type Ids = ReturnType<typeof createIds>;

/** Makes and checks ids. Ids of one process never collide; two processes share a millisecond's 2^26 numbers. */
export function createIds(secret: Buffer) {
  let last = 0n;

  /** The first one signs new ids; an id is valid under each. */
  let keys = [createSecretKey(secret)];

  /** Two hex digits for each byte that is left of the id. */
  function tag(digits: string, key = keys[0] as KeyObject): string {
    return createHmac('sha256', key)
      .update(digits)
      .digest('hex')
      .slice(0, 2 * (16 - TAGGED_BYTES));
  }

  function newJob(): string {
    const time = BigInt(Date.now()) << BigInt(RANDOM_BITS);
    const fresh = time | BigInt(randomBytes(4).readUInt32BE() >>> (32 - RANDOM_BITS));
    // Within a millisecond the number goes up by one, so that no two jobs of this process share it.
    last = fresh >> BigInt(RANDOM_BITS) === last >> BigInt(RANDOM_BITS) ? last + 1n : fresh;
    const number = Number(last & BigInt((1 << RANDOM_BITS) - 1));
    const milliseconds = (last >> BigInt(RANDOM_BITS)).toString(16).padStart(12, '0');
    const randA = (number >>> 14).toString(16).padStart(3, '0');
    const randB = (0x8000 | (number & 0x3fff)).toString(16);
    return `${milliseconds}7${randA}${randB}`;
  }

  function at({ jobId, index }: Address): string {
    const digits = jobId + index.toString(16).padStart(2, '0');
    return dashed(digits + tag(digits));
  }

  /** Null for an id that this installation never issued. */
  function check(id: string): Address | null {
    const digits = id.replaceAll('-', '');
    const bytes = Buffer.from(digits, 'hex');
    // Only the one spelling that was issued: upper case or a tail would decode to the same bytes.
    if (bytes.length !== 16 || dashed(bytes.toString('hex')) !== id) return null;
    const tagged = digits.slice(0, 2 * TAGGED_BYTES);
    const isTagged = (key: KeyObject) =>
      timingSafeEqual(Buffer.from(tag(tagged, key), 'hex'), bytes.subarray(TAGGED_BYTES));
    return keys.some(isTagged) ? addressOf(id) : null;
  }

  return {
    newJob,
    newBatch: () => at({ jobId: newJob(), index: BATCH_MARK }),
    /** The id of the prediction at an index of a job. */
    at,
    /** Where a prediction is; null for an id under which this installation never accepted one. */
    find(id: string): Address | null {
      const address = check(id);
      return address?.index === BATCH_MARK ? null : address;
    },
    /** Signs new ids with another secret from now on; those signed before stay valid. */
    adopt(next: Buffer): void {
      keys = [createSecretKey(next), ...keys].slice(0, SECRETS_MAX);
    },
    isBatch: (id: string) => check(id)?.index === BATCH_MARK,
  };
}

/** Where the prediction of an id that this installation issued is. An id that a client sends goes through `find`. */
export function addressOf(id: string): Address {
  const digits = id.replaceAll('-', '');
  return {
    jobId: digits.slice(0, JOB_DIGITS),
    index: Number.parseInt(digits.slice(JOB_DIGITS, 2 * TAGGED_BYTES), 16),
  };
}

/** When the api opened the job for its first prediction, in Unix milliseconds. */
export function jobCreatedAt(jobId: string): number {
  return Number.parseInt(jobId.slice(0, 12), 16);
}

/** When the api accepted the prediction or the batch, in Unix milliseconds: the first 48 bits of a UUIDv7. */
export function createdAt(id: string): number {
  return Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
}

function dashed(hex: string): string {
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
