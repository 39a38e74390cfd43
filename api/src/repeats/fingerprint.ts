import { createHash } from 'node:crypto';
import type { Expectation } from '@inkqueue/shared/contracts/prediction';

/** Equal for images of the same bytes that are read with the same options, and sent to the same webhook. */
export function fingerprintOf(image: {
  bytes: Buffer;
  preview: boolean;
  explain?: boolean;
  expect?: Expectation | undefined;
  webhook?: string | undefined;
}): string {
  const { bytes, preview, explain, expect, webhook } = image;
  return createHash('sha256')
    .update(
      `${preview ? 'preview' : 'plain'}${explain ? ', explained' : ''}${unlessAuto(expect)}${webhook === undefined ? '' : `, to ${webhook}`}`,
    )
    .update(bytes)
    .digest('base64url');
}

/** For fingerprints, in which what is usual has no part: those of requests from before there was a choice stay as they are. */
export const unlessAuto = (expect: Expectation = 'auto') => (expect === 'auto' ? '' : `, ${expect}`);
