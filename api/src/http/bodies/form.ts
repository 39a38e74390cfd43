import { EventEmitter } from 'node:events';
import type { IncomingHttpHeaders } from 'node:http';
import type { Readable, Writable } from 'node:stream';
import multer from '@koa/multer';
import type { Context } from 'koa';
import { MulterError, type StorageEngine } from 'multer';
import { ProblemError } from '../../errors.ts';
import { brokenUpload } from './upload-problems.ts';

/** The multipart field of an image. */
export const IMAGE_FIELD = 'file';

/** Limits on what a form may hold besides images. */
const FORM_LIMITS = { fields: 8, headerPairs: 32 } as const;

type Part = Parameters<StorageEngine['_handleFile']>[1];

/** A file of a form while it arrives. */
export interface FilePart {
  stream: Readable;
  /** As the client named the file. */
  filename: string;
}

/**
 * Parses a multipart body and hands over its files one after the other: the client sends the next one when `handle` is done
 * with the one before. It fails at the first error, and leaves what follows unread.
 *
 * @param options.files most files; a form of more fails before the first one above is handled
 * @param options.signal aborts with the error to fail with
 * @returns the text fields of the form
 * @throws ProblemError for a form that is malformed, broken off or not acceptable; and what `handle` throws
 */
export function parseForm(
  ctx: Context,
  body: Readable,
  options: {
    files: number;
    textMaxBytes: number;
    handle: (part: FilePart) => Promise<void>;
    signal?: AbortSignal;
  },
): Promise<Record<string, unknown>> {
  const { files, textMaxBytes, handle, signal } = options;
  return new Promise((resolve, reject) => {
    let parser: Writable | null = null;
    const onAbort = () => fail(signal?.reason);
    const onBroken = (error?: Error) => body.readableEnded || fail(brokenUpload(error));
    function stop(): void {
      signal?.removeEventListener('abort', onAbort);
      body.off('error', onBroken).off('close', onBroken).unpipe();
      parser?.destroy();
    }
    function fail(error: unknown): void {
      stop();
      reject(toFormProblem(error));
    }
    if (body.destroyed) return onBroken();
    signal?.addEventListener('abort', onAbort);
    body.on('error', onBroken).on('close', onBroken);
    const upload = multer({
      storage: inTurn(handle),
      fileFilter: fileFilter(files),
      limits: { ...FORM_LIMITS, fieldSize: textMaxBytes },
      // Browsers and most programs send file names in UTF-8. A name that ends with a slash would be cut to nothing.
      defParamCharset: 'utf8',
      preservePath: true,
      streamHandler(_request: unknown, busboy: Writable) {
        parser = busboy;
        body.pipe(busboy);
      },
      // @koa/multer's types describe an older multer than the one that it wraps.
    } as unknown as multer.Options).any();
    const form = { req: new FormRequest(ctx.req.headers), res: ctx.res, request: {} };
    upload(form as unknown as Context, async () => {}).then(() => {
      stop();
      resolve((form.request as { body?: Record<string, unknown> }).body ?? {});
    }, fail);
  });
}

/** What multer takes for the request. It has no body: with one, multer would read all of it before it reports an error. */
class FormRequest extends EventEmitter {
  readonly headers: IncomingHttpHeaders;
  readonly readable = false;

  constructor(headers: IncomingHttpHeaders) {
    super();
    this.headers = headers;
  }

  unpipe(): void {}
  resume(): void {}
}

/** Refuses files of another field, and files above the limit, before they are handled. */
function fileFilter(filesMax: number) {
  let count = 0;
  return (_request: unknown, { fieldname }: Part, done: (error: Error | null, accept?: boolean) => void) => {
    if (++count > filesMax) {
      const most = filesMax === 1 ? 'one file' : `${filesMax.toLocaleString('en')} files`;
      done(new ProblemError('too-many-files', `The form holds more than ${most}.`));
    } else if (fieldname !== IMAGE_FIELD) {
      const name = fieldname.slice(0, 80);
      const detail = `The file came in the field “${name}”; send it as “${IMAGE_FIELD}”.`;
      done(new ProblemError('unexpected-field', detail));
    } else {
      done(null, true);
    }
  };
}

/** A multer storage that handles one part after the other: an unread part holds the request back. */
function inTurn(handle: (part: FilePart) => Promise<void>): StorageEngine {
  let previous: Promise<void> = Promise.resolve();
  return {
    _handleFile(_request, part, done) {
      previous = previous.then(() => handle({ stream: part.stream, filename: part.originalname }));
      previous.then(
        () => {
          part.stream.resume();
          done(null, {});
        },
        (error: unknown) => done(error),
      );
    },
    _removeFile: (_request, _part, done) => done(null),
  };
}

/** multer's codes and busboy's messages as named problems. */
function toFormProblem(error: unknown): unknown {
  if (error instanceof MulterError) {
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
