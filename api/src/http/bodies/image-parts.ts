import type { PredictionError } from '@inkqueue/shared/contracts/problems';
import type { Context } from 'koa';
import { ProblemError } from '../../errors.ts';
import { decodedBody } from './content-encoding.ts';
import { IMAGE_FIELD, parseForm } from './form.ts';
import type { Received, Receiving } from './receiving.ts';
import { textParts } from './text-parts.ts';

const FILENAME_MAX = 1_024;
/** A batch has no text fields of its own; small ones do no harm. */
const TEXT_MAX_BYTES = 1_024;

/** One file of a form of many. */
export interface ImagePart {
  /** Null for a file that is larger than an image may be, and for one that is refused. */
  image: Received | null;
  /** Why the file is no image. */
  refused?: PredictionError;
  /** As the client named the file. */
  filename: string | null;
}

/** The images of a request, which arrive while they are handled. */
export interface ImageParts {
  /** Calls `handle` with each image in turn. The client sends the next one when `handle` is done with the one before. */
  forEach(handle: (part: ImagePart) => Promise<void>): Promise<void>;
}

/**
 * Receives a multipart request of many `file` parts while it arrives: a slow handler slows the client down, and no more
 * than one image is held here. Or a body of text, which is held whole.
 *
 * @param options.maxBytes of one image; a larger one is read to its end and dropped, and the others are received
 */
export function createImagePartsReceiver(options: {
  receiving: Receiving;
  maxBytes: number;
  /** Whether a client may send an address in place of an image. */
  fetches?: boolean;
}) {
  const { receiving, maxBytes, fetches = false } = options;
  return (ctx: Context, { max }: { max: number }): ImageParts => {
    if (ctx.is('json', 'text/plain')) return textParts(ctx, { receiving, maxBytes, fetches, max });
    if (!ctx.is('multipart')) {
      throw new ProblemError(
        'unsupported-media-type',
        `Send multipart/form-data with many “${IMAGE_FIELD}” parts, or {"images": ["<base64>", …]} as JSON.`,
      );
    }
    const body = decodedBody(ctx);
    return {
      async forEach(handle) {
        const watch = receiving.watch(body);
        let count = 0;
        await parseForm(ctx, body, {
          files: max,
          textMaxBytes: TEXT_MAX_BYTES,
          signal: watch.signal,
          async handle({ stream, filename }) {
            count++;
            const image = await receiving.collect(stream, { maxBytes, waits: true });
            await handle({ image, filename: bounded(filename) });
          },
        }).finally(watch.end);
        if (count > 0) return;
        throw new ProblemError('missing-file', `Send each picture as a multipart field “${IMAGE_FIELD}”.`);
      },
    };
  };
}

/** Cut between characters, so that the rest is valid text. */
function bounded(filename: string): string | null {
  return [...filename].slice(0, FILENAME_MAX).join('') || null;
}
