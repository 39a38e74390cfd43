import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { detectFormat, type PictureFormat } from '@inkqueue/shared/node/picture-format';
import multer from '@koa/multer';
import type { Context } from 'koa';
import { MulterError } from 'multer';
import { ProblemError } from '../errors.ts';
import { onlyFile } from './small-form.ts';

/** A picture as it came, its format told by its content. */
export interface Upload {
  bytes: Buffer;
  format: PictureFormat;
}

export const UPLOAD_FIELD = 'file';

/** A form of this size is read whole before it is parsed. */
const SMALL_FORM_BYTES = 65_536;

/**
 * Reads the one picture of a request: the multipart field `file`, or the body itself where its type is `image/*` or
 * `application/octet-stream`. Never holds more than `maxBytes` of one request, nor more than `inFlightMaxBytes` of all
 * that are being received: one over it is answered `busy`.
 */
export function createUploadReader(options: { maxBytes: number; inFlightMaxBytes: number }) {
  const { maxBytes, inFlightMaxBytes } = options;
  const parse = multer({
    storage: multer.memoryStorage(),
    limits: { fileSize: maxBytes, files: 1, fields: 8, fieldSize: 1_024, parts: 10, headerPairs: 32 },
  }).single(UPLOAD_FIELD);
  const tooLarge = () =>
    new ProblemError('too-large', `A picture may have at most ${maxBytes.toLocaleString('en')} bytes.`);
  let inFlight = 0;

  async function readForm(ctx: Context): Promise<Buffer> {
    const { length = Infinity, headers } = ctx.request;
    if (length > SMALL_FORM_BYTES) return readStreamed(ctx);
    const body = await readRaw(ctx);
    const file = onlyFile(body, { contentType: headers['content-type'] ?? '', field: UPLOAD_FIELD });
    if (file && file.length > maxBytes) throw tooLarge();
    // What is no such form is read once more by the parser that tells what is wrong with it.
    return file ?? readStreamed(ctx, Object.assign(Readable.from([body]), { headers }));
  }

  /** Parses the form of a request, or `req` in place of it. */
  async function readStreamed(request: Context, req: Readable = request.req): Promise<Buffer> {
    const ctx = { req, res: request.res, request: {} } as Context;
    try {
      await parse(ctx, async () => {});
    } catch (err) {
      if (err instanceof MulterError && err.code === 'LIMIT_FILE_SIZE') throw tooLarge();
      throw request.req.destroyed && !request.req.complete ? aborted() : multipartProblem(err);
    }
    if (!ctx.file) {
      throw new ProblemError('missing-file', `Send the picture as the multipart field “${UPLOAD_FIELD}”.`);
    }
    return ctx.file.buffer;
  }

  async function readRaw(ctx: Context): Promise<Buffer> {
    const chunks: Buffer[] = [];
    let size = 0;
    try {
      for await (const chunk of ctx.req) {
        size += chunk.length;
        if (size <= maxBytes) chunks.push(chunk);
      }
    } catch {
      throw aborted();
    }
    if (size > maxBytes) throw tooLarge();
    return Buffer.concat(chunks, size);
  }

  return async function readUpload(ctx: Context): Promise<Upload> {
    const declared = ctx.request.length;
    const type = ctx.is('multipart/*', 'image/*', 'application/octet-stream');
    if (type === false) {
      throw new ProblemError(
        'unsupported-media-type',
        `Send multipart/form-data with the field “${UPLOAD_FIELD}”, or the picture itself as image/*.`,
      );
    }
    // Multipart boundaries and part headers come on top of the picture.
    if (declared !== undefined && declared > maxBytes + 16_384) {
      await takeIn(ctx.req);
      throw tooLarge();
    }
    const reserved = declared ?? maxBytes;
    if (inFlight + reserved > inFlightMaxBytes && inFlight > 0) {
      throw new ProblemError('busy', 'Too many pictures are being received. Try again soon.');
    }
    inFlight += reserved;
    try {
      const bytes = type?.startsWith('multipart/') ? await readForm(ctx) : await readRaw(ctx);
      return checkContent(bytes);
    } finally {
      inFlight -= reserved;
    }
  };
}

/** Lets a request come to its end unread: one who writes all of it before reading would never see an earlier answer. */
async function takeIn(request: IncomingMessage): Promise<void> {
  try {
    await finished(request.resume(), { writable: false });
  } catch {
    throw aborted();
  }
}

function checkContent(bytes: Buffer): Upload {
  if (bytes.length === 0) throw new ProblemError('empty-file', 'The picture has no bytes.');
  const format = detectFormat(bytes);
  if (format) return { bytes, format };
  throw new ProblemError(
    'unsupported-format',
    'The content is no PNG, JPEG, WebP, GIF, TIFF or AVIF picture, whatever its name says.',
  );
}

const aborted = () => new ProblemError('malformed-upload', 'The upload broke off before its end.');

/** multer's codes and busboy's messages as named problems. */
export function multipartProblem(err: unknown): ProblemError {
  if (err instanceof MulterError) {
    if (err.code === 'LIMIT_FILE_COUNT' || err.field === UPLOAD_FIELD) {
      return new ProblemError('too-many-files', 'Send one picture a request.');
    }
    if (err.code === 'LIMIT_UNEXPECTED_FILE') {
      return new ProblemError(
        'unexpected-field',
        `The file came in the field “${err.field ?? ''}”; send it as “${UPLOAD_FIELD}”.`,
      );
    }
    return new ProblemError('malformed-upload', `The form is not acceptable: ${err.message}.`);
  }
  if (
    err instanceof Error &&
    /multipart|boundary|unexpected end of (form|file)|malformed/i.test(err.message)
  ) {
    return new ProblemError('malformed-upload', `The multipart body is broken: ${err.message}.`);
  }
  throw err;
}
