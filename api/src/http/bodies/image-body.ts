import { Readable } from 'node:stream';
import { detectFormat } from '@inkqueue/shared/node/picture-format';
import type { Context } from 'koa';
import { ProblemError } from '../../errors.ts';
import { decodedBody, isDecodingError } from './content-encoding.ts';
import { broken, IMAGE_FIELD, parseForm, tooLarge } from './form.ts';
import { decodeImageText, textOf } from './image-text.ts';
import type { Received, Receiving } from './receiving.ts';
import { onlyFile } from './small-form.ts';

/** A form of this size is received whole before it is parsed. */
const SMALL_FORM_BYTES = 65_536;
/** Multipart boundaries and part headers come on top of the image. */
const FORM_OVERHEAD_BYTES = 16_384;
/** Base64 takes four characters for three bytes, and may be wrapped into lines; a name and quotes come on top. */
const textMax = (imageMaxBytes: number) => Math.ceil(imageMaxBytes * 1.4) + 1_024;

/**
 * Receives the one image of a request: the multipart field `file`; the body itself where its type is `image/*` or
 * `application/octet-stream`; or base64 text or a data URL, as `{"image": "…"}` in JSON, as a form field or as plain text.
 */
export function createImageReceiver(options: { receiving: Receiving; maxBytes: number }) {
  const { receiving, maxBytes } = options;

  async function collect(stream: Readable, limit = maxBytes): Promise<Received> {
    const received = await receiving.collect(stream, { maxBytes: limit }).catch((error: unknown) => {
      if (error instanceof ProblemError) throw error;
      throw isDecodingError(error) ? wrongEncoding() : broken();
    });
    if (!received) throw tooLarge(maxBytes);
    return received;
  }

  async function receiveForm(ctx: Context, body: Readable): Promise<Received> {
    const isSmall = body === ctx.req && (ctx.request.length ?? Infinity) <= SMALL_FORM_BYTES;
    if (!isSmall) return receiveStreamedForm(ctx, body);
    const form = await collect(body, SMALL_FORM_BYTES);
    const bytes = onlyFile(form.bytes, { contentType: ctx.get('Content-Type'), field: IMAGE_FIELD });
    if (bytes && bytes.length > maxBytes) throw tooLarge(maxBytes);
    if (bytes) return { bytes, release: form.release };
    form.release();
    // A form of another kind is parsed once more, by the parser that says what is wrong with it.
    return receiveStreamedForm(ctx, Readable.from([form.bytes]));
  }

  async function receiveStreamedForm(ctx: Context, body: Readable): Promise<Received> {
    const files: Received[] = [];
    try {
      const fields = await parseForm(ctx, body, {
        files: 1,
        textMaxBytes: textMax(maxBytes),
        handle: async ({ stream }) => void files.push(await collect(stream)),
      });
      if (files[0]) return files[0];
      const text = textOf(fields);
      const bytes = text && decodeImageText(text);
      if (bytes) return booked(bytes);
    } catch (error) {
      for (const file of files) file.release();
      throw isDecodingError(error)
        ? wrongEncoding()
        : ctx.req.destroyed && !ctx.req.complete
          ? broken()
          : error;
    }
    throw new ProblemError(
      'missing-file',
      `The form has no file. Send the picture as the multipart field “${IMAGE_FIELD}”, as a file or as base64 text.`,
    );
  }

  async function receiveText(body: Readable, parse: (text: string) => string | null): Promise<Received> {
    const { bytes, release } = await collect(body, textMax(maxBytes));
    try {
      const text = parse(bytes.toString());
      const image = text === null ? null : decodeImageText(text);
      if (image) return booked(image);
    } finally {
      release();
    }
    throw new ProblemError(
      'invalid-request',
      'The text of the request is neither base64 nor a data URL. Send {"image": "<base64>"} as JSON, or the picture as a file.',
    );
  }

  /** Text is decoded when it was received whole, within the same limit as an image. */
  function booked(bytes: Buffer): Received {
    if (bytes.length > maxBytes) throw tooLarge(maxBytes);
    return { bytes, release: () => {} };
  }

  /** @throws ProblemError for whatever is not one image of a supported format */
  return async function receiveImage(ctx: Context): Promise<Received> {
    const type = ctx.is(
      'multipart/*',
      'image/*',
      'application/octet-stream',
      'json',
      'text/plain',
      'urlencoded',
    );
    if (type === false) {
      throw new ProblemError(
        'unsupported-media-type',
        `Content-Type “${ctx.get('Content-Type').slice(0, 80)}” is not supported. Send multipart/form-data with the field “${IMAGE_FIELD}”, the picture itself as image/*, or {"image": "<base64>"} as JSON.`,
      );
    }
    const body = decodedBody(ctx);
    const isText = type !== null && /json|text\/plain|urlencoded/.test(type);
    const most = isText ? textMax(maxBytes) : maxBytes + FORM_OVERHEAD_BYTES;
    if (body === ctx.req && (ctx.request.length ?? 0) > most) throw tooLarge(maxBytes);
    const received = await receive(type, ctx, body);
    try {
      checkFormat(received.bytes);
      return received;
    } catch (error) {
      received.release();
      throw error;
    }
  };

  function receive(type: string | null, ctx: Context, body: Readable): Promise<Received> {
    if (type?.startsWith('multipart/')) return receiveForm(ctx, body);
    if (type?.includes('json')) return receiveText(body, textOfJson);
    if (type === 'text/plain') return receiveText(body, (text) => text);
    if (type?.includes('urlencoded')) {
      return receiveText(body, (text) => textOf(Object.fromEntries(new URLSearchParams(text))));
    }
    return collect(body);
  }
}

function textOfJson(text: string): string | null {
  try {
    const json: unknown = JSON.parse(text);
    return typeof json === 'string' ? json : textOf(json);
  } catch {
    throw new ProblemError('invalid-request', 'The request body is not valid JSON.');
  }
}

const wrongEncoding = () =>
  new ProblemError('malformed-upload', 'The request body is not what its Content-Encoding says.');

function checkFormat(bytes: Buffer): void {
  if (bytes.length === 0) throw new ProblemError('empty-file', 'The picture has no bytes.');
  if (detectFormat(bytes)) return;
  throw new ProblemError(
    'unsupported-format',
    'The file is not a PNG, JPEG, WebP, GIF, TIFF or AVIF image, whatever its name says. Send one of these.',
  );
}
