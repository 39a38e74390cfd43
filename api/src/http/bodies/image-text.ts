import { addressBytes, isAddress } from './image-address.ts';

/** A data URL up to its payload: media type and parameters, of which the last may be `base64`. */
const DATA_URL = /^data:([^,]*),/i;
const DATA_URL_HEAD_MAX = 200;
const PERCENT = 0x25;

/** Base64 of either alphabet, maybe wrapped into lines. */
export const BASE64 = /^[\w+/\s-]+(?:=[=\s]*)?$/;

/** The fields in which programs send an image as text. */
const TEXT_FIELDS = ['image', 'file', 'data'];

/** The image of a parsed JSON body or of a form's text fields; null where none of the fields holds text. */
export function textOf(fields: unknown): string | null {
  if (typeof fields !== 'object' || fields === null) return null;
  for (const name of TEXT_FIELDS) {
    const value: unknown = (fields as Record<string, unknown>)[name];
    if (typeof value === 'string' && value.trim() !== '') return value;
  }
  return null;
}

/** The image of base64 text, a data URL or an address; null for any other text. @throws ProblemError as `addressBytes` */
export function imageIn(
  text: string,
  options: { fetches: boolean },
): { bytes: Buffer; isAddress?: boolean } | null {
  if (isAddress(text)) return { bytes: addressBytes(text, options), isAddress: true };
  const bytes = decodeImageText(text);
  return bytes && { bytes };
}

/** The bytes of base64 text or of a data URL; null for any other text. */
export function decodeImageText(text: string): Buffer | null {
  const trimmed = text.trim();
  const url = DATA_URL.exec(trimmed.slice(0, DATA_URL_HEAD_MAX));
  const rest = url ? trimmed.slice(url[0].length) : trimmed;
  if (url && !/;\s*base64$/i.test(url[1] ?? '')) return percentDecoded(rest);
  // Node.js's decoder knows both alphabets of base64 and skips the ends of lines, but stops at nothing else either.
  return BASE64.test(rest) ? Buffer.from(rest, 'base64') : null;
}

/** Percent-encoding stands for bytes here, which need not be the UTF-8 that `decodeURIComponent` insists on. */
function percentDecoded(text: string): Buffer {
  const bytes = Buffer.from(text, 'latin1');
  let length = 0;
  for (let at = 0; at < bytes.length; at++) {
    const hex = bytes[at] === PERCENT ? bytes.toString('latin1', at + 1, at + 3) : '';
    const isEscape = /^[0-9a-f]{2}$/i.test(hex);
    bytes[length++] = isEscape ? Number.parseInt(hex, 16) : (bytes[at] ?? 0);
    if (isEscape) at += 2;
  }
  return bytes.subarray(0, length);
}
