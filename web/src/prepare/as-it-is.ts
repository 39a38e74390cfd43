/** A phone on a slow line sends this much in a second. */
const SMALL_BYTES = 500_000;
/** The first bytes of the formats that the service reads. Those of a WebP and an AVIF follow their length. */
const SIGNATURES: readonly { at: number; text: string }[] = [
  { at: 0, text: '\x89PNG' },
  { at: 0, text: '\xff\xd8\xff' },
  { at: 8, text: 'WEBP' },
  { at: 0, text: 'GIF8' },
  { at: 0, text: 'II*\0' },
  { at: 0, text: 'MM\0*' },
  { at: 4, text: 'ftypavif' },
  { at: 0, text: 'BM' },
];

/** How many bytes of a file {@link isSentAsItIs} looks at. */
export const HEAD_BYTES = 16;

/** Whether the service reads a file that begins so. */
export function isReadByService(head: Uint8Array): boolean {
  const text = String.fromCharCode(...head.slice(0, HEAD_BYTES));
  return SIGNATURES.some((signature) => text.startsWith(signature.text, signature.at));
}

/** Whether a file goes as it is, without the loss of a single pixel or bit: it is small, and the service reads its format. */
export function isSentAsItIs(bytes: number, head: Uint8Array): boolean {
  return bytes <= SMALL_BYTES && isReadByService(head);
}
