import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';
import type { Context } from 'koa';

/** In the order of preference: browsers name gzip first. */
const ENCODINGS = ['br', 'gzip'] as const;

interface Index {
  /** When the built file last changed: a new build makes a new index. */
  builtAtMs: number;
  html: string;
  etag: string;
  bodies: { br: Buffer; gzip: Buffer; identity: Buffer };
}

/**
 * Serves the built index.html with what this installation adds: the address that the page's relative links start from, and
 * the most bytes of one image. The api makes and compresses the text once for each build.
 *
 * @param options.base path of the page, such as /digits/ui/
 */
export function createPageIndex(options: { directory: string; base: string; imageMaxBytes: number }) {
  const { base, imageMaxBytes } = options;
  const file = join(options.directory, 'index.html');
  let made: Index | null = null;

  async function make(builtAtMs: number): Promise<Index> {
    const built = await readFile(file, 'utf8');
    const html = built
      .replace('<base href="/ui/"', `<base href="${base}"`)
      .replace('name="image-max-bytes" content=""', `name="image-max-bytes" content="${imageMaxBytes}"`);
    const identity = Buffer.from(html);
    const [br, gzipped] = await Promise.all([promisify(brotliCompress)(html), promisify(gzip)(html)]);
    return { builtAtMs, html, etag: tagOf(html), bodies: { br, gzip: gzipped, identity } };
  }

  /** Null before the page is built. */
  async function current(): Promise<Index | null> {
    const built = await stat(file).catch(() => null);
    if (built && made?.builtAtMs !== built.mtimeMs) made = await make(built.mtimeMs);
    return built && made;
  }

  function begin(ctx: Context): void {
    ctx.vary('Accept-Encoding');
    ctx.set('Cache-Control', 'no-cache');
    ctx.type = 'html';
  }

  /** Whether the browser has what `etag` tags; then the response is complete. */
  function isFresh(ctx: Context, etag: string): boolean {
    ctx.status = 200;
    ctx.etag = etag;
    if (ctx.fresh) ctx.status = 304;
    return ctx.status === 304;
  }

  function sendBody(ctx: Context, { bodies }: Index, encoding: keyof Index['bodies']): void {
    if (encoding !== 'identity') ctx.set('Content-Encoding', encoding);
    ctx.body = bodies[encoding];
  }

  return {
    /** The page as it is at each of its places. Throws 404 before the page is built. */
    async send(ctx: Context): Promise<void> {
      const index = (await current()) ?? ctx.throw(404);
      const encoding = encodingFor(ctx);
      begin(ctx);
      if (!isFresh(ctx, `${index.etag}-${encoding}`)) sendBody(ctx, index, encoding);
    },
    /** The page with `head` of its own. Throws 404 before the page is built. */
    async sendWith(ctx: Context, head: string): Promise<void> {
      const { html } = (await current()) ?? ctx.throw(404);
      const own = html.replace('</head>', () => `${head}</head>`);
      begin(ctx);
      if (isFresh(ctx, tagOf(own))) return;
      ctx.body = own;
    },
    /** The page for an address that there is not, with the status that the response has; false before the page is built. */
    async sendMissing(ctx: Context): Promise<boolean> {
      const index = await current();
      if (!index) return false;
      begin(ctx);
      sendBody(ctx, index, encodingFor(ctx));
      return true;
    },
  };
}

function encodingFor(ctx: Context): keyof Index['bodies'] {
  return ENCODINGS.find((each) => ctx.acceptsEncodings(each, 'identity') === each) ?? 'identity';
}

function tagOf(html: string): string {
  return createHash('sha256').update(html).digest('base64url').slice(0, 22);
}
