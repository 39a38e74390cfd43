import { ProblemError } from '../../errors.ts';

const LENGTH_MAX = 2_048;

/** Whether text is meant as an address: no base64 and no data URL begins so. */
export const isAddress = (text: string): boolean => /^\s*https?:\/\//i.test(text);

/**
 * The address of an image, as bytes in the place of the image's. Whether it may be fetched is for the worker to say.
 *
 * @param options.fetches whether the operator lets images be fetched
 * @throws ProblemError invalid-request
 */
export function addressBytes(text: string, { fetches }: { fetches: boolean }): Buffer {
  const address = text.trim();
  if (!fetches) {
    throw new ProblemError(
      'invalid-request',
      'This service fetches no addresses. The operator turns it on with FETCH_IMAGES=1. Send the picture itself.',
    );
  }
  if (address.length > LENGTH_MAX || !URL.canParse(address) || new URL(address).protocol !== 'https:') {
    throw new ProblemError(
      'invalid-request',
      `An address of a picture begins with https:// and has at most ${LENGTH_MAX} characters.`,
    );
  }
  return Buffer.from(address);
}
