import type { Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import type { Context } from 'koa';
import { ProblemError } from '../../errors.ts';

const decoders = new Map<string, () => NodeJS.ReadWriteStream & Readable>([
  ['gzip', createGunzip],
  ['x-gzip', createGunzip],
  ['deflate', createInflate],
  ['br', createBrotliDecompress],
]);

/**
 * A request's body as the client had it before it applied `Content-Encoding`. Limits hold for what comes out here.
 *
 * @throws ProblemError unsupported-media-type for an encoding that is not gzip, deflate or br
 */
export function decodedBody(ctx: Context): Readable {
  const encoding = ctx.get('Content-Encoding').trim().toLowerCase();
  if (encoding === '' || encoding === 'identity') return ctx.req;
  const decoder = decoders.get(encoding);
  if (!decoder) {
    throw new ProblemError(
      'unsupported-media-type',
      `Content-Encoding “${encoding.slice(0, 40)}” is not supported. Send the body as it is, or as gzip, deflate or br.`,
    );
  }
  const decoded = decoder();
  // The reader of the body may have stopped by the time the client goes.
  decoded.on('error', () => {});
  ctx.req.on('error', (error) => decoded.destroy(error));
  ctx.req.on('close', () => {
    if (!ctx.req.complete) decoded.destroy(new Error('the request was closed before its end'));
  });
  return ctx.req.pipe(decoded);
}
