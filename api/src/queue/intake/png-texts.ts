const SIGNATURE = 0x89_50_4e_47;
/** A chunk's length, type and checksum. */
const FRAME_BYTES = 12;
/** Length of the signature. */
const HEADER_BYTES = 8;
const TEXTS = new Set([0x74_45_58_74, 0x7a_54_58_74, 0x69_54_58_74]);
/** Shorter texts cost less than leaving them out. */
const TEXTS_BYTES_MIN = 65_536;

/**
 * A PNG without its texts (tEXt, zTXt, iTXt), on which no pixel depends; any other file, and a PNG of short texts, as it is.
 * Texts of megabytes would travel to a worker, which leaves them out.
 */
export function withoutTexts(bytes: Buffer): Buffer {
  if (bytes.length < TEXTS_BYTES_MIN || bytes.readUInt32BE(0) !== SIGNATURE) return bytes;
  const kept: Buffer[] = [];
  let from = 0;
  let left = 0;
  for (let at = HEADER_BYTES, end = at; at + FRAME_BYTES <= bytes.length; at = end) {
    end = at + FRAME_BYTES + bytes.readUInt32BE(at);
    if (!TEXTS.has(bytes.readUInt32BE(at + 4))) continue;
    kept.push(bytes.subarray(from, at));
    from = Math.min(end, bytes.length);
    left += from - at;
  }
  if (left < TEXTS_BYTES_MIN) return bytes;
  return Buffer.concat([...kept, bytes.subarray(from)]);
}
