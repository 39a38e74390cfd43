import { send } from '@koa/send';
import type { Middleware } from 'koa';

const PREFIX = '/ui';
const YEAR_MS = 31_536_000_000;

/** The places of the page that have an address: the desk, the history, one prediction by its link. */
const PLACES = /^\/(history\/?|p\/[^/]+\/?)?$/;

/**
 * The built page under /ui. Browsers keep files with a hash in their name for a year. The api serves the same page at each
 * of its places, revalidated each time, and the page reads its place from the URL; any other path is 404.
 */
export function page(options: { directory: string; basePath: string }): Middleware {
  const { directory, basePath } = options;
  return async (ctx, next) => {
    const isPage = ctx.path === PREFIX || ctx.path.startsWith(`${PREFIX}/`);
    if (!isPage || (ctx.method !== 'GET' && ctx.method !== 'HEAD')) return next();
    if (ctx.path === PREFIX) return ctx.redirect(`${basePath}${PREFIX}/`);
    const path = ctx.path.slice(PREFIX.length);
    if (path.startsWith('/assets/')) {
      ctx.vary('Accept-Encoding');
      await send(ctx, path, { root: directory, maxage: YEAR_MS, immutable: true });
      return;
    }
    ctx.set('Cache-Control', 'no-cache');
    await send(ctx, PLACES.test(path) ? '/index.html' : path, { root: directory });
  };
}
