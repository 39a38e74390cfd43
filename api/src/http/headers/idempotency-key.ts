import { ParseError, parseItem } from 'structured-headers';
import { ProblemError } from '../../errors.ts';

const KEY_MAX_LENGTH = 255;

/** What the API document says of a key: bare or in quotes. A String's parameters are taken too. */
export const IDEMPOTENCY_KEY = /^(?:[!#-+\--:<-[\]-~]{1,255}|"(?:[ !#-[\]-~]|\\["\\]){1,255}")$/;

/** Printable ASCII without spaces. */
const VISIBLE = /^[!-~]+$/;
/** What has a meaning in a structured field, or parts two header fields that arrive joined. */
const NEEDS_QUOTES = /[",;\\]/;

/**
 * The key that makes repeated requests one (draft-ietf-httpapi-idempotency-key-header): a String of RFC 9651, whose
 * parameters are ignored. Most clients send the key without quotes; `abc` and `"abc"` are the same key.
 *
 * @returns 1 to 255 characters of printable ASCII; null where the header is not there
 * @throws ProblemError invalid-request for an empty header, a longer key, and two headers
 */
export function parseIdempotencyKey(header: string | undefined): string | null {
  if (header === undefined) return null;
  const bare = header.trim();
  const key = VISIBLE.test(bare) && !NEEDS_QUOTES.test(bare) ? bare : parseString(header);
  if (key.length === 0 || key.length > KEY_MAX_LENGTH) throw refusal();
  return key;
}

function parseString(header: string): string {
  try {
    const [item] = parseItem(header);
    if (typeof item === 'string') return item;
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
  }
  throw refusal();
}

function refusal(): ProblemError {
  return new ProblemError(
    'invalid-request',
    `The header Idempotency-Key is not valid. Send it once, with a key of 1 to ${KEY_MAX_LENGTH} printable ASCII characters in double quotes: for example "8e03978e-40d5-43e8-bc93-6894a57f9324".`,
  );
}
