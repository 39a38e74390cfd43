import { ImageError } from '../image-error.ts';

/** A margin of this share may be missing at an image's end: the digit lies outside of it. */
const MISSING_SHARE_MAX = 0.1;

/**
 * Accepts that a share of an image's rows is missing at its end, where that is no more than a margin.
 *
 * @throws ImageError unreadable-image
 */
export function acceptMissing(share: number): void {
  if (share <= MISSING_SHARE_MAX) return;
  if (share >= 1)
    throw new ImageError('unreadable-image', 'The picture is damaged: no row of it can be read.');
  throw new ImageError(
    'unreadable-image',
    `The last ${Math.ceil(share * 100)} % of the picture are missing or damaged, and the digit may be there. Send the whole file.`,
  );
}
