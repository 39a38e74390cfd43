import type { Logger } from '@inkqueue/shared/node/log';
import type { Context, Middleware } from 'koa';
import { ProblemError, problemHeaders, toProblem, toProblemError } from '../errors.ts';

/** The one place where an error becomes an answer: application/problem+json, never a stack trace. */
export function problems(options: { log: Logger }): Middleware {
  const { log } = options;
  return async (ctx, next) => {
    try {
      await next();
      if (ctx.body == null) refuseUnanswered(ctx);
    } catch (err) {
      const error = toProblemError(err);
      if (error.code === 'internal' && !(err instanceof ProblemError)) {
        log.error({ err, method: ctx.method, path: ctx.path }, 'request failed');
      }
      answer(ctx, error);
    }
  };
}

/** What no route answered. The router has set the status, and `Allow` where the path has other methods. */
function refuseUnanswered(ctx: Context): void {
  if (ctx.status === 404) throw new ProblemError('not-found', `There is no ${ctx.path} here.`);
  if (ctx.status === 405 || ctx.status === 501) {
    throw new ProblemError('method-not-allowed', 'This path has other methods: see Allow.');
  }
}

function answer(ctx: Context, error: ProblemError): void {
  const problem = toProblem(error);
  ctx.status = problem.status;
  ctx.set(problemHeaders(error));
  ctx.body = JSON.stringify(problem);
  ctx.type = 'application/problem+json';
}
