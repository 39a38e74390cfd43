import { send } from '@koa/send';
import type { Middleware } from 'koa';
import { createPageIndex } from './page-index.ts';

const PREFIX = '/ui';
const YEAR_MS = 31_536_000_000;

/** The places of the page that have an address: the desk, the history, one prediction by its link. */
const PLACES = /^\/(history\/?|p\/[^/]+\/?)?$/;

/**
 * The built page under /ui. Browsers keep files with a hash in their name for a year. The api serves the same page at each
 * of its places, revalidated each time, and the page reads its place from the URL; any other path is 404.
 *
 * @param options.imageMaxBytes most bytes of one image, which the page tells people
 */
export function page(options: { directory: string; basePath: string; imageMaxBytes: number }): Middleware {
  const { directory, basePath, imageMaxBytes } = options;
  const sendIndex = createPageIndex({ directory, base: `${basePath}${PREFIX}/`, imageMaxBytes });
  return async (ctx, next) => {
    const isPage = ctx.path === PREFIX || ctx.path.startsWith(`${PREFIX}/`);
    if (!isPage || (ctx.method !== 'GET' && ctx.method !== 'HEAD')) return next();
    if (ctx.path === PREFIX) return ctx.redirect(`${basePath}${PREFIX}/`);
    ctx.vary('Accept-Encoding');
    const path = ctx.path.slice(PREFIX.length);
    if (PLACES.test(path)) return sendIndex(ctx);
    if (path.startsWith('/assets/')) {
      await send(ctx, path, { root: directory, maxage: YEAR_MS, immutable: true });
      return;
    }
    ctx.set('Cache-Control', 'no-cache');
    await send(ctx, path, { root: directory });
  };
}
