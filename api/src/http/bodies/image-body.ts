import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { detectFormat, unsupportedFormat } from '@inkqueue/shared/node/image/format';
import type { Context } from 'koa';
import { ProblemError } from '../../errors.ts';
import { decodedBody } from './content-encoding.ts';
import { IMAGE_FIELD, parseForm } from './form.ts';
import { imageIn, textOf } from './image-text.ts';
import { onlyFile } from './only-file.ts';
import type { Received, Receiving } from './receiving.ts';
import { tooLarge } from './upload-problems.ts';

/** What a body holds: an image, or the address of one. */
type Extracted = Pick<Received, 'bytes' | 'isAddress'>;

/** Base64 takes four characters for three bytes, and may be wrapped into lines; a name and quotes come on top. */
export const textMax = (imageMaxBytes: number) => Math.ceil(imageMaxBytes * 1.4) + 1_024;

/**
 * Receives the one image of a request: the multipart field `file`; the body itself where its type is `image/*` or
 * `application/octet-stream`; or base64 text, a data URL or an address, as `{"image": "…"}` in JSON, as a form field or as plain text.
 */
export function createImageReceiver(options: {
  receiving: Receiving;
  maxBytes: number;
  /** Whether a client may send an address in place of an image. */
  fetches?: boolean;
}) {
  const { receiving, maxBytes, fetches = false } = options;

  async function collect(ctx: Context, body: Readable, limit: number): Promise<Received> {
    const length = body === ctx.req ? ctx.request.length : undefined;
    const received = await receiving.collect(body, { maxBytes: limit, length });
    if (received) return received;
    throw tooLarge(maxBytes);
  }

  /** The image that `extract` finds in a body. The memory of the body stays booked for it: it may be a part of the body. */
  async function receivePart(
    ctx: Context,
    body: Readable,
    extract: (bytes: Buffer) => Extracted | Promise<Extracted>,
  ): Promise<Received> {
    const { bytes, release } = await collect(ctx, body, textMax(maxBytes));
    try {
      const image = await extract(bytes);
      if (image.bytes.length > maxBytes) throw tooLarge(maxBytes);
      return { ...image, release };
    } catch (error) {
      release();
      throw error;
    }
  }

  async function imageOfForm(ctx: Context, form: Buffer): Promise<Extracted> {
    const only = onlyFile(form, { contentType: ctx.get('Content-Type'), field: IMAGE_FIELD });
    if (only) return { bytes: only };
    // A form of another kind is parsed once more, by the parser that says what is wrong with it.
    const files: Buffer[] = [];
    const fields = await parseForm(ctx, Readable.from([form]), {
      files: 1,
      textMaxBytes: form.length,
      handle: async ({ stream }) => void files.push(await buffer(stream)),
    });
    const text = textOf(fields);
    if (files[0]) return { bytes: files[0] };
    const image = text && imageIn(text, { fetches });
    if (image) return image;
    throw new ProblemError(
      'missing-file',
      `The form has no file. Send the picture as the multipart field “${IMAGE_FIELD}”, as a file or as base64 text.`,
    );
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
    const isBare = type === null || /^(image|application\/octet-stream)/.test(type);
    const most = isBare ? maxBytes : textMax(maxBytes);
    if (body === ctx.req && (ctx.request.length ?? 0) > most) throw tooLarge(maxBytes);
    const received = await receive(type, ctx, body);
    try {
      if (!received.isAddress) checkFormat(received.bytes);
      return received;
    } catch (error) {
      received.release();
      throw error;
    }
  };

  function receive(type: string | null, ctx: Context, body: Readable): Promise<Received> {
    if (type?.startsWith('multipart/')) return receivePart(ctx, body, (bytes) => imageOfForm(ctx, bytes));
    const textOfBody = type && textKinds.find(([name]) => type.includes(name))?.[1];
    if (!textOfBody) return collect(ctx, body, maxBytes);
    return receivePart(ctx, body, (bytes) => imageOfText(textOfBody(bytes.toString()), { fetches }));
  }
}

/** Kinds of text, and where each has the image. */
const textKinds: [string, (text: string) => string | null][] = [
  ['json', textOfJson],
  ['text/plain', (text) => text],
  // A program that does not escape the plus of base64 means it all the same.
  ['urlencoded', (text) => textOf(Object.fromEntries(new URLSearchParams(text.replaceAll('+', '%2B'))))],
];

function imageOfText(text: string | null, options: { fetches: boolean }): Extracted {
  const image = text === null ? null : imageIn(text, options);
  if (image) return image;
  throw new ProblemError(
    'invalid-request',
    'The text of the request is neither base64 nor a data URL. Send {"image": "<base64>"} as JSON, or the picture as a file.',
  );
}

function textOfJson(text: string): string | null {
  try {
    const json: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
    return typeof json === 'string' ? json : textOf(json);
  } catch {
    throw new ProblemError('invalid-request', 'The request body is not valid JSON.');
  }
}

function checkFormat(bytes: Buffer): void {
  if (bytes.length === 0) throw new ProblemError('empty-file', 'The picture has no bytes.');
  if (detectFormat(bytes)) return;
  throw new ProblemError('unsupported-format', unsupportedFormat(bytes));
}
