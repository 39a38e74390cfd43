import type { Context, Middleware } from 'koa';
import { ProblemError } from '../errors.ts';

/** Refuses a request whose target is no address, such as `GET http://[/ HTTP/1.1`: reading its path throws. */
export function validTarget(): Middleware {
  return (ctx, next) => {
    if (!hasPath(ctx))
      throw new ProblemError('invalid-request', 'The address in the first line of the request is not valid.');
    return next();
  };
}

function hasPath(ctx: Context): boolean {
  try {
    return typeof ctx.path === 'string';
  } catch {
    return false;
  }
}
