import { createHash } from 'node:crypto';
import type { Expectation } from '@inkqueue/shared/contracts/prediction';

/** Equal for images of the same bytes that are read with the same options. */
export function fingerprintOf(image: {
  bytes: Buffer;
  preview: boolean;
  explain?: boolean;
  expect?: Expectation | undefined;
}): string {
  const { bytes, preview, explain, expect } = image;
  return createHash('sha256')
    .update(`${preview ? 'preview' : 'plain'}${explain ? ', explained' : ''}${unlessAuto(expect)}`)
    .update(bytes)
    .digest('base64url');
}

/** For fingerprints, in which what is usual has no part: those of requests from before there was a choice stay as they are. */
export const unlessAuto = (expect: Expectation = 'auto') => (expect === 'auto' ? '' : `, ${expect}`);
