import { toPredictionError } from '@inkqueue/shared/contracts/problems';
import type { Context } from 'koa';
import { z } from 'zod';
import { ProblemError } from '../../errors.ts';
import { parse } from '../parse.ts';
import { decodedBody } from './content-encoding.ts';
import { textMax } from './image-body.ts';
import type { ImagePart, ImageParts } from './image-parts.ts';
import { imageIn } from './image-text.ts';
import type { Receiving } from './receiving.ts';

const entry = z.union([
  z.string(),
  z.object({ image: z.string(), filename: z.string().max(1_024).optional() }),
]);

/** The entries are looked at one by one: a body of millions of wrong ones costs no more than the right ones. */
const body = z.object({ images: z.custom<unknown[]>(Array.isArray, 'must be a list') });

/**
 * The images of a JSON body `{"images": […]}`: base64 texts, data URLs or addresses, alone or with a file name; or the one of a
 * body of plain text.
 */
export function textParts(
  ctx: Context,
  options: { receiving: Receiving; maxBytes: number; fetches: boolean; max: number },
): ImageParts {
  const { receiving, maxBytes, fetches, max } = options;

  function partOf(given: unknown): ImagePart {
    const parsed = entry.safeParse(given);
    const sent = parsed.data ?? '';
    const { image: text, filename = null } = typeof sent === 'string' ? { image: sent } : sent;
    const refuse = (error: ProblemError): ImagePart => ({
      image: null,
      refused: toPredictionError(error.code, error.message),
      filename,
    });
    try {
      if (!parsed.success) {
        throw new ProblemError('invalid-request', 'An image is a text, or an object {image, filename}.');
      }
      const image = imageIn(text, { fetches });
      if (!image) throw new ProblemError('invalid-request', 'The text is neither base64 nor a data URL.');
      if (image.bytes.length > maxBytes) return { image: null, filename };
      // The memory of the whole body is booked until the last image is stored.
      return { image: { ...image, release: () => {} }, filename };
    } catch (error) {
      if (error instanceof ProblemError) return refuse(error);
      throw error;
    }
  }

  return {
    async forEach(handle) {
      const most = textMax(maxBytes);
      const received = await receiving.collect(decodedBody(ctx), { maxBytes: most });
      if (!received) {
        const limit = most.toLocaleString('en');
        throw new ProblemError(
          'too-large',
          `A body of text may have at most ${limit} bytes. Send the rest as another batch.`,
        );
      }
      try {
        const text = received.bytes.toString();
        const { images } = ctx.is('json') ? parse(body, jsonOf(text), 'body') : { images: [text] };
        if (images.length === 0) throw new ProblemError('missing-file', 'The list of images is empty.');
        if (images.length > max)
          throw new ProblemError('too-many-files', `A batch has at most ${max} images.`);
        for (const given of images) await handle(partOf(given));
      } finally {
        received.release();
      }
    },
  };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    throw new ProblemError('invalid-request', 'The request body is not valid JSON.');
  }
}
