import multer from '@koa/multer';
import type { Context } from 'koa';
import type { StorageEngine } from 'multer';
import { ProblemError } from '../../errors.ts';
import { collect } from './collect.ts';
import { FORM_LIMITS, IMAGE_FIELD, toFormProblem } from './form.ts';

const FILENAME_MAX = 255;

/** One file of a form of many. */
export interface ImagePart {
  /** Null for a file that is larger than an image may be. */
  bytes: Buffer | null;
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
 * than one image is held here.
 *
 * @param options.maxBytes of one image; a larger one is read to its end and dropped, and the others are received
 */
export function createImagePartsReceiver(options: { maxBytes: number }) {
  return (ctx: Context, { max }: { max: number }): ImageParts => {
    if (!ctx.is('multipart')) {
      throw new ProblemError(
        'unsupported-media-type',
        `Send multipart/form-data with many “${IMAGE_FIELD}” parts.`,
      );
    }
    return {
      async forEach(handle) {
        let count = 0;
        const parse = multer({
          // @koa/multer's types describe an older StorageEngine than the multer that it wraps.
          storage: inTurn(async ({ stream, originalname }) => {
            const bytes = await collect(stream, options.maxBytes);
            if (++count > max) {
              throw new ProblemError('too-many-files', `A batch holds at most ${max} pictures.`);
            }
            await handle({ bytes, filename: originalname?.slice(0, FILENAME_MAX) || null });
          }) as unknown as multer.StorageEngine,
          limits: { ...FORM_LIMITS, files: max + 1 },
        }).array(IMAGE_FIELD);
        try {
          await parse(ctx, async () => {});
        } catch (error) {
          throw toFormProblem(error);
        }
        if (count > 0) return;
        throw new ProblemError('missing-file', `Send each picture as a multipart field “${IMAGE_FIELD}”.`);
      },
    };
  };
}

type Part = Parameters<StorageEngine['_handleFile']>[1];

/** A multer storage that handles one part after the other: an unread part holds the request back. */
function inTurn(handle: (part: Part) => Promise<void>): StorageEngine {
  let previous: Promise<void> = Promise.resolve();
  return {
    _handleFile(_request, part, done) {
      previous = previous.then(() => handle(part));
      previous.then(
        () => done(null, {}),
        (error: unknown) => {
          part.stream.resume();
          done(error);
        },
      );
    },
    _removeFile: (_request, _part, done) => done(null),
  };
}
