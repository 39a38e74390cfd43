import type { Logger } from '@inkqueue/shared/node/log';
import type { Context, Middleware } from 'koa';
import { ProblemError, problemHeaders, toProblem, toProblemError } from '../errors.ts';
import { discardBody } from './bodies/discard.ts';
import { noteRefusal, requestIdOf } from './observing/requests.ts';

/**
 * The one place where an error becomes a response: application/problem+json, never a stack trace.
 *
 * @param options.discardMaxBytes how much of a refused request's body is read before the response
 * @param options.explainMissing may put a page for people in place of the problem of an address that there is not
 */
export function problems(options: {
  log: Logger;
  discardMaxBytes: number;
  explainMissing: (ctx: Context) => Promise<void>;
}): Middleware {
  const { log, discardMaxBytes, explainMissing } = options;
  return async (ctx, next) => {
    try {
      await next();
      if (ctx.body == null) refuseUnhandled(ctx);
    } catch (error) {
      const problem = toProblemError(error);
      if (problem.code === 'internal' && !(error instanceof ProblemError)) {
        log.error(
          { err: error, request: requestIdOf(ctx), method: ctx.method, path: ctx.path },
          'request failed',
        );
      }
      noteRefusal(ctx, { code: problem.code, predictionId: problem.predictionId });
      respond(ctx, problem);
      if (problem.code === 'not-found') await explainMissing(ctx);
      // The rest of an endless upload is not waited for.
      if (!(await discardBody(ctx.req, discardMaxBytes))) ctx.set('Connection', 'close');
    }
  };
}

/** Refuses a request that no route handled. The router has set the status, and `Allow` where the path has other methods. */
function refuseUnhandled(ctx: Context): void {
  if (ctx.status === 404) throw new ProblemError('not-found', `This service has no ${ctx.path}. See /docs.`);
  if (ctx.status === 405 || ctx.status === 501) {
    throw new ProblemError(
      'method-not-allowed',
      'This path takes other methods; the Allow header lists them.',
    );
  }
}

function respond(ctx: Context, error: ProblemError): void {
  const problem = toProblem(error);
  ctx.status = problem.status;
  ctx.set(problemHeaders(error));
  ctx.body = JSON.stringify(problem);
  ctx.type = 'application/problem+json';
}
