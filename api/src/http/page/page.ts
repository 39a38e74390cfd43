import { send } from '@koa/send';
import type { Context, Middleware } from 'koa';
import { asksForPage } from '../headers/accept.ts';
import { createPageIndex } from './index-page.ts';
import { previewTags } from './preview.ts';

const PREFIX = '/ui';
const YEAR_MS = 31_536_000_000;

/** The places of the page that have an address: the desk, the history, the queue, one prediction or one batch by its link, one model. */
const PLACES = /^\/(history\/?|queue\/?|[pb]\/[^/]+\/?|models\/[a-z0-9-]+\/?)?$/;
/** One prediction, and the picture that stands for it in previews. */
const RESULT = /^\/p\/([\da-f-]{36})\/?$/;
const CARD = /^\/p\/([^/]+)\/card\.png$/;

/**
 * The built page under /ui. Browsers keep files with a hash in their name for a year. The api serves the same page at each
 * of its places, revalidated each time, and the page reads its place from the URL. A browser that asks for / is led there.
 *
 * @param options.imageMaxBytes most bytes of one image, which the page tells people
 * @param options.sendCard responds with a prediction's card
 */
export function createPage(options: {
  directory: string;
  basePath: string;
  imageMaxBytes: number;
  sendCard: (ctx: Context, predictionId: string) => Promise<void>;
}) {
  const { directory, basePath, imageMaxBytes, sendCard } = options;
  const index = createPageIndex({ directory, base: `${basePath}${PREFIX}/`, imageMaxBytes });

  async function sendPlace(ctx: Context, path: string): Promise<void> {
    const id = RESULT.exec(path)?.[1];
    if (id === undefined) return index.send(ctx);
    return index.sendWith(ctx, previewTags(`${ctx.protocol}://${ctx.host}${basePath}${PREFIX}/p/${id}`));
  }

  const middleware: Middleware = async (ctx, next) => {
    if (ctx.path === '/' && asksForPage(ctx)) return ctx.redirect(`${basePath}${PREFIX}/`);
    const isPage = ctx.path === PREFIX || ctx.path.startsWith(`${PREFIX}/`);
    if (!isPage || (ctx.method !== 'GET' && ctx.method !== 'HEAD')) return next();
    if (ctx.path === PREFIX) return ctx.redirect(`${basePath}${PREFIX}/`);
    const path = ctx.path.slice(PREFIX.length);
    const cardOf = CARD.exec(path)?.[1];
    if (cardOf !== undefined) return sendCard(ctx, cardOf);
    ctx.vary('Accept-Encoding');
    if (PLACES.test(path)) return sendPlace(ctx, path);
    // As any other address that there is not: `send` would refuse the request.
    if (!isDecodable(path)) return;
    if (path.startsWith('/assets/')) {
      await send(ctx, path, { root: directory, maxage: YEAR_MS, immutable: true });
      return;
    }
    ctx.set('Cache-Control', 'no-cache');
    await send(ctx, path, { root: directory });
  };

  return {
    middleware,
    /** To a browser, the page in place of the problem of an address that there is not; programs keep the problem. */
    async explainMissing(ctx: Context): Promise<void> {
      if (asksForPage(ctx)) await index.sendMissing(ctx);
    },
  };
}

function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch (error) {
    if (!(error instanceof URIError)) throw error;
    return false;
  }
}
