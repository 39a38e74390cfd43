import type { Readable } from 'node:stream';
import multer from '@koa/multer';
import type { Context } from 'koa';
import { MulterError, type StorageEngine } from 'multer';
import { ProblemError } from '../../errors.ts';

/** The multipart field of an image. */
export const IMAGE_FIELD = 'file';

/** Limits on what a form may hold besides images. */
const FORM_LIMITS = { fields: 8, headerPairs: 32 } as const;

type Part = Parameters<StorageEngine['_handleFile']>[1];

/** A file of a form while it arrives. */
export interface FilePart {
  stream: Readable;
  filename: string;
}

/**
 * Parses a multipart body and hands over its files one after the other: the client sends the next one when `handle` is done
 * with the one before.
 *
 * @param options.files most files; a form of more fails before the first one above is handled
 * @returns the text fields of the form
 * @throws ProblemError for a form that is malformed or not acceptable; and what `handle` throws
 */
export async function parseForm(
  ctx: Context,
  body: Readable,
  options: { files: number; textMaxBytes: number; handle: (part: FilePart) => Promise<void> },
): Promise<Record<string, unknown>> {
  const { files, textMaxBytes, handle } = options;
  const storage = inTurn(({ stream, originalname }) => handle({ stream, filename: originalname }));
  const upload = multer({
    // @koa/multer's types describe an older StorageEngine than the multer that it wraps.
    storage: storage as unknown as multer.StorageEngine,
    limits: { ...FORM_LIMITS, fieldSize: textMaxBytes, files },
    // Browsers and most programs send file names in UTF-8.
    ...({ defParamCharset: 'utf8' } as object),
  }).array(IMAGE_FIELD);
  // multer parses what it finds under `req`.
  const request = { req: Object.assign(body, { headers: ctx.req.headers }), res: ctx.res, request: {} };
  try {
    await upload(request as unknown as Context, async () => {});
  } catch (error) {
    throw toFormProblem(error);
  }
  return (request as { request: { body?: Record<string, unknown> } }).request.body ?? {};
}

/** A multer storage that handles one part after the other: an unread part holds the request back. */
function inTurn(handle: (part: Part) => Promise<void>): StorageEngine {
  let previous: Promise<void> = Promise.resolve();
  return {
    _handleFile(_request, part, done) {
      previous = previous.then(() => handle(part));
      previous.then(
        () => {
          part.stream.resume();
          done(null, {});
        },
        (error: unknown) => {
          part.stream.resume();
          done(error);
        },
      );
    },
    _removeFile: (_request, _part, done) => done(null),
  };
}

/** The problem of an upload that broke off. */
export const broken = () =>
  new ProblemError('malformed-upload', 'The upload broke off before its end. Send it again.');

/** The problem of an image over the limit. */
export const tooLarge = (maxBytes: number) =>
  new ProblemError('too-large', `A picture may have at most ${maxBytes.toLocaleString('en')} bytes.`);

/** multer's codes and busboy's messages as named problems. */
function toFormProblem(error: unknown): unknown {
  if (error instanceof MulterError) {
    if (
      error.code === 'LIMIT_FILE_COUNT' ||
      (error.code !== 'LIMIT_FIELD_VALUE' && error.field === IMAGE_FIELD)
    ) {
      return new ProblemError('too-many-files', 'The form holds more files than this address takes.');
    }
    if (error.code === 'LIMIT_UNEXPECTED_FILE') {
      return new ProblemError(
        'unexpected-field',
        `The file came in the field “${error.field ?? ''}”; send it as “${IMAGE_FIELD}”.`,
      );
    }
    return new ProblemError('malformed-upload', `The form is not acceptable: ${error.message}.`);
  }
  const isMalformed =
    error instanceof Error &&
    !(error instanceof ProblemError) &&
    /multipart|boundary|unexpected end of (form|file)|malformed/i.test(error.message);
  return isMalformed
    ? new ProblemError('malformed-upload', `The multipart body is malformed: ${error.message}.`)
    : error;
}
