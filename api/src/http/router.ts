import { Router } from '@koa/router';
import type { Context } from 'koa';
import { z } from 'zod';
import { ProblemError } from '../errors.ts';
import { readJson } from './json-body.ts';
import type { Route } from './route.ts';
import type { Upload } from './uploads.ts';

/** Registers the API's routes: each parses what its schemas describe before its handler runs. */
export function createRouter(options: {
  routes: readonly Route[];
  readUpload: (ctx: Context) => Promise<Upload>;
}): Router {
  const router = new Router();
  for (const route of options.routes) {
    router[route.method](toKoaPath(route.path), async (ctx) => {
      await route.handle(ctx, {
        params: parse(route.params, ctx.params, 'path'),
        query: parse(route.query, ctx.query, 'query'),
        body: route.body && parse(route.body, await readJson(ctx), 'body'),
        // Only routes that declare an upload look at it.
        upload: route.takes === 'picture' ? await options.readUpload(ctx) : (undefined as never),
        whenGone: (callback) => onceGone(ctx, callback),
      });
    });
  }
  return router;
}

function toKoaPath(path: string): string {
  return path.replaceAll(/\{(\w+)\}/g, ':$1');
}

function parse(schema: z.core.$ZodType | undefined, value: unknown, where: string): unknown {
  if (!schema) return value;
  const parsed = z.safeParse(schema, value);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new ProblemError('invalid-request', `In the ${where}: ${issues.join('; ')}`);
}

function onceGone({ res }: Context, callback: () => void): void {
  // It may have gone while its upload was read.
  if (res.destroyed) callback();
  else {
    res.once('close', () => {
      if (!res.writableFinished) callback();
    });
  }
}
