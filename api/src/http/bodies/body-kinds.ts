import { FORMAT_NAMES } from '@inkqueue/shared/node/image/format';
import type { Context } from 'koa';
import type { z } from 'zod';
import { parse } from '../parse.ts';
import { type Json, toSchema } from '../schema.ts';
import { IMAGE_FIELD } from './form.ts';
import type { ImageParts } from './image-parts.ts';
import { BASE64 } from './image-text.ts';
import type { Received } from './receiving.ts';

/** How bodies are received: within the limits of this process. */
export interface Receivers {
  json(ctx: Context): Promise<unknown>;
  image(ctx: Context): Promise<Received>;
  images(ctx: Context, options: { max: number }): ImageParts;
}

/** A kind of request body: how it is received, and how the OpenAPI document describes it. */
export interface BodyKind<B> {
  receive(ctx: Context, receivers: Receivers): Promise<B>;
  /** The `content` of its requestBody. */
  content(limits: { imageMaxBytes: number }): Json;
}

/** A JSON body of the shape of `schema`. */
export function json<T>(schema: z.core.$ZodType<T>): BodyKind<T> {
  return {
    receive: async (ctx, receivers) => parse(schema, await receivers.json(ctx), 'body'),
    content: () => ({ 'application/json': { schema: toSchema(schema, 'input') } }),
  };
}

/** One image, received before the handler runs. */
export function image(): BodyKind<Received> {
  return {
    receive: (ctx, receivers) => receivers.image(ctx),
    content({ imageMaxBytes }) {
      const binary = binarySchema(imageMaxBytes);
      return {
        'multipart/form-data': { schema: formSchema({ ...binary, format: 'binary' }) },
        'image/*': { schema: binary },
        'application/json': {
          schema: {
            type: 'object',
            required: ['image'],
            properties: {
              image: {
                type: 'string',
                description:
                  'Base64, a data URL, or an https address where the operator lets images be fetched',
                anyOf: [{ pattern: BASE64.source }, { pattern: '^data:' }, { pattern: '^https://' }],
              },
            },
          },
        },
      };
    },
  };
}

/** Up to `max` images, received while the handler runs. */
export function images({ max }: { max: number }): BodyKind<ImageParts> {
  return {
    receive: async (ctx, receivers) => receivers.images(ctx, { max }),
    content({ imageMaxBytes }) {
      const items = { ...binarySchema(imageMaxBytes), format: 'binary' };
      return {
        'multipart/form-data': { schema: formSchema({ type: 'array', items, minItems: 1, maxItems: max }) },
        'application/json': { schema: imagesSchema(max) },
        'text/plain': { schema: { type: 'string', description: 'One image, as in JSON' } },
      };
    },
  };
}

function imagesSchema(max: number): Json {
  const image = { type: 'string', description: 'As in `POST /predict`' };
  const named = {
    type: 'object',
    required: ['image'],
    properties: { image, filename: { type: 'string', maxLength: 1_024 } },
  };
  return {
    type: 'object',
    required: ['images'],
    properties: {
      images: {
        type: 'array',
        items: {
          anyOf: [
            image,
            named,
            { description: 'Anything else fails alone, as an image that cannot be read' },
          ],
        },
        minItems: 1,
        maxItems: max,
      },
    },
  };
}

function binarySchema(maxBytes: number): Json {
  const description = `${FORMAT_NAMES}, told by content; at most ${maxBytes} bytes`;
  return { type: 'string', contentMediaType: 'application/octet-stream', description };
}

function formSchema(field: Json): Json {
  return { type: 'object', required: [IMAGE_FIELD], properties: { [IMAGE_FIELD]: field } };
}
