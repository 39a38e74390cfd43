import { createHash } from 'node:crypto';

/** Equal for images of the same bytes that are read with the same options. */
export function fingerprintOf({ bytes, preview }: { bytes: Buffer; preview: boolean }): string {
  return createHash('sha256')
    .update(preview ? 'preview' : 'plain')
    .update(bytes)
    .digest('base64url');
}
