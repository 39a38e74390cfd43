import type { Middleware } from 'koa';
import { ProblemError } from '../errors.ts';

/** Refuses requests with two Host headers (RFC 9112, 3.2): two proxies may each believe another one. */
export function oneHostHeader(): Middleware {
  return (ctx, next) => {
    const { rawHeaders } = ctx.req;
    let count = 0;
    for (let i = 0; i < rawHeaders.length; i += 2) {
      const name = rawHeaders[i];
      if (name?.length === 4 && name.toLowerCase() === 'host') count++;
    }
    if (count > 1)
      throw new ProblemError('invalid-request', 'The request has more than one Host header. Send one.');
    return next();
  };
}
