import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Redis } from 'ioredis';

const TAG_BYTES = 4;
const TAGGED_BYTES = 16 - TAG_BYTES;

export interface Ids {
  /** A new UUIDv7. */
  issue(): string;
  /** Whether this installation issued `id`: what it issued and no longer holds has expired; the rest never was. */
  issued(id: string): boolean;
}

/**
 * UUIDv7 whose last 32 bits authenticate the rest (HMAC-SHA256, cut). So an expired prediction (410) is told from one
 * that never was (404) without keeping a record of every id. Unguessable: 42 random bits in each millisecond under a
 * tag that only the holder of the secret can make.
 */
export function createIds(secret: Buffer): Ids {
  const tag = (bytes: Buffer) =>
    createHmac('sha256', secret).update(bytes.subarray(0, TAGGED_BYTES)).digest().subarray(0, TAG_BYTES);
  return {
    issue() {
      const bytes = randomBytes(16);
      bytes.writeUIntBE(Date.now(), 0, 6);
      bytes[6] = 0x70 | (bytes[6]! & 0x0f);
      bytes[8] = 0x80 | (bytes[8]! & 0x3f);
      tag(bytes).copy(bytes, TAGGED_BYTES);
      return format(bytes);
    },
    issued(id) {
      const bytes = Buffer.from(id.replaceAll('-', ''), 'hex');
      // Only the one spelling that was issued: upper case or a tail would decode to the same bytes.
      if (bytes.length !== 16 || format(bytes) !== id) return false;
      return timingSafeEqual(tag(bytes), bytes.subarray(TAGGED_BYTES));
    },
  };
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

function format(bytes: Buffer): string {
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
