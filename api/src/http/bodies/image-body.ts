import { Readable } from 'node:stream';
import { detectFormat } from '@inkqueue/shared/node/picture-format';
import multer from '@koa/multer';
import type { Context } from 'koa';
import { MulterError } from 'multer';
import { ProblemError } from '../../errors.ts';
import { collect } from './collect.ts';
import { broken, FORM_LIMITS, IMAGE_FIELD, toFormProblem, tooLarge } from './form.ts';
import { onlyFile } from './small-form.ts';

/** A form of this size is read whole before it is parsed. */
const SMALL_FORM_BYTES = 65_536;
/** Multipart boundaries and part headers come on top of the image. */
const FORM_OVERHEAD_BYTES = 16_384;

/**
 * Receives the one image of a request: the multipart field `file`, or the body itself where its type is `image/*` or
 * `application/octet-stream`. It never holds more than `maxBytes` of one request, nor more than `inFlightMaxBytes` of all
 * requests that are being received: one above that is answered `busy`.
 */
export function createImageReceiver(options: { maxBytes: number; inFlightMaxBytes: number }) {
  const { maxBytes, inFlightMaxBytes } = options;
  const parse = multer({
    storage: multer.memoryStorage(),
    limits: { ...FORM_LIMITS, fileSize: maxBytes, files: 1, parts: 10 },
  }).single(IMAGE_FIELD);
  let inFlight = 0;

  async function receiveForm(ctx: Context): Promise<Buffer> {
    const { length = Infinity, headers } = ctx.request;
    if (length > SMALL_FORM_BYTES) return receiveStreamed(ctx);
    const body = await receiveRaw(ctx);
    const file = onlyFile(body, { contentType: headers['content-type'] ?? '', field: IMAGE_FIELD });
    if (file && file.length > maxBytes) throw tooLarge(maxBytes);
    // A form of another kind is parsed once more, by the parser that says what is wrong with it.
    return file ?? receiveStreamed(ctx, Object.assign(Readable.from([body]), { headers }));
  }

  /** Parses the form of a request, or `req` in place of it. */
  async function receiveStreamed(request: Context, req: Readable = request.req): Promise<Buffer> {
    const ctx = { req, res: request.res, request: {} } as Context;
    try {
      await parse(ctx, async () => {});
    } catch (error) {
      if (error instanceof MulterError && error.code === 'LIMIT_FILE_SIZE') throw tooLarge(maxBytes);
      throw request.req.destroyed && !request.req.complete ? broken() : toFormProblem(error);
    }
    if (!ctx.file) {
      throw new ProblemError('missing-file', `Send the picture as the multipart field “${IMAGE_FIELD}”.`);
    }
    return ctx.file.buffer;
  }

  async function receiveRaw(ctx: Context): Promise<Buffer> {
    const bytes = await collect(ctx.req, maxBytes).catch(() => {
      throw broken();
    });
    if (!bytes) throw tooLarge(maxBytes);
    return bytes;
  }

  /** @throws ProblemError for whatever is not one image of a supported format */
  return async function receiveImage(ctx: Context): Promise<Buffer> {
    const declared = ctx.request.length;
    const type = ctx.is('multipart/*', 'image/*', 'application/octet-stream');
    if (type === false) {
      throw new ProblemError(
        'unsupported-media-type',
        `Send multipart/form-data with the field “${IMAGE_FIELD}”, or the picture itself as image/*.`,
      );
    }
    if (declared !== undefined && declared > maxBytes + FORM_OVERHEAD_BYTES) {
      await receiveNothing(ctx);
      throw tooLarge(maxBytes);
    }
    const reserved = declared ?? maxBytes;
    if (inFlight + reserved > inFlightMaxBytes && inFlight > 0) {
      throw new ProblemError('busy', 'Too many pictures are being received. Try again soon.');
    }
    inFlight += reserved;
    try {
      const bytes = type?.startsWith('multipart/') ? await receiveForm(ctx) : await receiveRaw(ctx);
      return checkFormat(bytes);
    } finally {
      inFlight -= reserved;
    }
  };
}

/** Reads a body to its end and keeps nothing of it. */
async function receiveNothing(ctx: Context): Promise<void> {
  await collect(ctx.req, 0).catch(() => {
    throw broken();
  });
}

function checkFormat(bytes: Buffer): Buffer {
  if (bytes.length === 0) throw new ProblemError('empty-file', 'The picture has no bytes.');
  if (detectFormat(bytes)) return bytes;
  throw new ProblemError(
    'unsupported-format',
    'The file is not a PNG, JPEG, WebP, GIF, TIFF or AVIF image, whatever its name says. Send one of these.',
  );
}
