import { send } from '@koa/send';
import type { Middleware } from 'koa';

const PREFIX = '/ui';
const YEAR_MS = 31_536_000_000;

/**
 * The built page under /ui. Files with a hash in their name are kept for a year; every other path below /ui is the page
 * itself, which finds its own way from the URL.
 */
export function page(options: { directory: string }): Middleware {
  const { directory } = options;
  return async (ctx, next) => {
    const isPage = ctx.path === PREFIX || ctx.path.startsWith(`${PREFIX}/`);
    if (!isPage || (ctx.method !== 'GET' && ctx.method !== 'HEAD')) return next();
    if (ctx.path === PREFIX) return ctx.redirect(`${PREFIX}/`);
    const path = ctx.path.slice(PREFIX.length);
    if (path.startsWith('/assets/')) {
      ctx.vary('Accept-Encoding');
      await send(ctx, path, { root: directory, maxage: YEAR_MS, immutable: true });
      return;
    }
    ctx.set('Cache-Control', 'no-cache');
    const isFile = /\.\w+$/.test(path);
    await send(ctx, isFile ? path : '/index.html', { root: directory });
  };
}
