import { createHash } from 'node:crypto';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { send } from '@koa/send';
import type { Context, Middleware } from 'koa';
import { koaSwagger } from 'koa2-swagger-ui';
import { DOCS_STYLE, withLook } from './docs-look.ts';

const PAGE = '/docs';
const ASSETS = '/docs/assets';
const DIST = dirname(fileURLToPath(import.meta.resolve('swagger-ui-dist/package.json')));

/** The few files of swagger-ui-dist that the page loads, under the names that koa2-swagger-ui gives them. */
const files = new Map([
  ['swagger-ui.min.css', 'swagger-ui.css'],
  ['swagger-ui-bundle.js', 'swagger-ui-bundle.js'],
  ['swagger-ui-standalone-preset.js', 'swagger-ui-standalone-preset.js'],
  ['favicon-32x32.png', 'favicon-32x32.png'],
]);

/**
 * Swagger UI at /docs over /openapi.json. The api serves everything that Swagger UI loads: the template's link to web fonts
 * is removed, and the Content-Security-Policy allows the inline scripts of this document alone, by their hashes.
 */
export function docs({ basePath }: { basePath: string }): Middleware {
  const page = koaSwagger({
    title: 'Inkqueue API',
    routePrefix: false,
    hideTopbar: true,
    customCSS: DOCS_STYLE,
    favicon: `${basePath}${ASSETS}/favicon-32x32.png`,
    swaggerCdnUrl: `${basePath}${ASSETS}`,
    swaggerVersion: '.',
    swaggerOptions: { url: `${basePath}/openapi.json`, validatorUrl: null, docExpansion: 'list' },
  });
  return async (ctx, next) => {
    if (ctx.method !== 'GET' && ctx.method !== 'HEAD') return next();
    if (ctx.path === PAGE || ctx.path === `${PAGE}/`) {
      await page(ctx, next);
      return finish(ctx, `${basePath}/ui/`);
    }
    const file = ctx.path.startsWith(`${ASSETS}/`) && files.get(ctx.path.split('/').at(-1) ?? '');
    if (!file) return next();
    ctx.vary('Accept-Encoding');
    await send(ctx, file, { root: DIST, maxage: 86_400_000 });
  };
}

function finish(ctx: Context, pageAddress: string): void {
  const local = String(ctx.body).replace(/\s*<link href="https:\/\/fonts\.googleapis\.com[^>]*>/, '');
  const html = withLook(local, pageAddress);
  const hashes = [...html.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(
    ([, script]) => `'sha256-${createHash('sha256').update(script!).digest('base64')}'`,
  );
  ctx.set(
    'Content-Security-Policy',
    `default-src 'self'; script-src 'self' ${hashes.join(' ')}; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; frame-ancestors 'none'`,
  );
  ctx.body = html;
}
