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
    const etag = createHash('sha256').update(html).digest('base64url').slice(0, 22);
    return { builtAtMs, etag, bodies: { br, gzip: gzipped, identity } };
  }

  return async (ctx: Context): Promise<void> => {
    const { mtimeMs } = await stat(file).catch(() => ctx.throw(404));
    if (made?.builtAtMs !== mtimeMs) made = await make(mtimeMs);
    const encoding = ENCODINGS.find((each) => ctx.acceptsEncodings(each, 'identity') === each) ?? 'identity';
    ctx.set('Cache-Control', 'no-cache');
    ctx.status = 200;
    ctx.etag = `${made.etag}-${encoding}`;
    if (ctx.fresh) {
      ctx.status = 304;
      return;
    }
    if (encoding !== 'identity') ctx.set('Content-Encoding', encoding);
    ctx.type = 'html';
    ctx.body = made.bodies[encoding];
  };
}
