import { costOf } from '@inkqueue/shared/node/image/cost';
import type { Bitmap } from '../bitmap.ts';
import { createDecoder } from './decoder.ts';

const decoder = createDecoder({ memoryMax: 512_000_000 });

/** Decodes an image as `createToInk` does; its pixels stay. */
export async function decode(bytes: Uint8Array): Promise<Bitmap> {
  const small = decoder.decodeSmall(bytes, costOf(bytes));
  return small ? { ...small, data: small.data.slice() } : decoder.decode(bytes);
}
