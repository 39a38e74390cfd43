import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { createServer, request as httpRequest, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import Koa from 'koa';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { docs } from '../docs.ts';
import { createPage } from './page.ts';

const INDEX = '<head></head><base href="/ui/" /><meta name="image-max-bytes" content="" /><p>The page</p>';

let directory: string;
let server: Server;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'inkqueue-page-'));
  await mkdir(join(directory, 'assets'));
  await writeFile(join(directory, 'index.html'), INDEX);
  await writeFile(join(directory, 'favicon.svg'), '<svg/>');
  await writeFile(join(directory, 'assets/page-1.js'), 'page();');
  await writeFile(join(directory, 'assets/page-1.js.gz'), 'in gzip');
});
afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await rm(directory, { recursive: true });
});

async function serve(basePath = ''): Promise<void> {
  const app = new Koa();
  app.silent = true;
  app.use(docs({ basePath }));
  const page = createPage({
    directory,
    basePath,
    imageMaxBytes: 1234,
    async sendCard(ctx, id) {
      ctx.body = `card of ${id}`;
    },
  });
  app.use(page.middleware);
  server = createServer(app.callback());
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
}

/** Unlike `fetch`, leaves the body as it was sent. */
function get(path: string, headers: Record<string, string> = {}): Promise<IncomingMessage> {
  const { port } = server.address() as AddressInfo;
  return new Promise((resolve, reject) => {
    httpRequest({ host: '127.0.0.1', port, path, headers }, resolve).on('error', reject).end();
  });
}

describe('index.html', () => {
  it.each(['', '/digits', '/a/b'])(
    'names the page’s own address under the base path “%s”',
    async (basePath) => {
      await serve(basePath);
      for (const place of [
        '/ui/',
        '/ui/history',
        '/ui/queue',
        '/ui/p/0193',
        '/ui/b/0193,0194',
        '/ui/models/mnist-cnn',
      ]) {
        const html = await text(await get(place));
        expect(html).toContain(`<base href="${basePath}/ui/" />`);
        expect(html).toContain('<meta name="image-max-bytes" content="1234" />');
      }
      expect((await get('/ui')).headers.location).toBe(`${basePath}/ui/`);
    },
  );

  it.each([
    ['br, gzip', 'br', brotliDecompressSync],
    ['gzip, deflate, br', 'br', brotliDecompressSync],
    ['gzip', 'gzip', gunzipSync],
    ['identity', undefined, (body: Buffer) => body],
  ] as const)('comes to a client that accepts %s in its encoding', async (accepted, encoding, decode) => {
    await serve();
    const response = await get('/ui/', { 'accept-encoding': accepted });
    expect(response.headers['content-encoding']).toBe(encoding);
    const chunks = await response.toArray();
    expect(decode(Buffer.concat(chunks)).toString()).toContain('The page');
  });

  it('is not sent again to a browser that has it', async () => {
    await serve();
    const { etag } = (await get('/ui/')).headers;
    const again = await get('/ui/history', { 'if-none-match': etag! });
    expect(again.statusCode).toBe(304);
    expect(again.headers['cache-control']).toBe('no-cache');
  });

  it('is the new one after a new build', async () => {
    await serve();
    const { etag } = (await get('/ui/')).headers;
    await writeFile(join(directory, 'index.html'), `${INDEX}<p>New</p>`);
    await utimes(join(directory, 'index.html'), new Date(), new Date(Date.now() + 60_000));
    const response = await get('/ui/', { 'if-none-match': etag! });
    expect(await text(response)).toContain('New');
  });

  it('is 404 before the page is built', async () => {
    await serve();
    await rm(join(directory, 'index.html'));
    expect((await get('/ui/')).statusCode).toBe(404);
  });
});

it.each([
  '/ui/',
  '/ui/history',
  '/ui/favicon.svg',
  '/ui/assets/page-1.js',
  '/docs/assets/swagger-ui-bundle.js',
])('%s varies with the accepted encodings', async (path) => {
  await serve();
  for (const accepted of ['gzip', 'identity']) {
    const response = await get(path, { 'accept-encoding': accepted });
    expect(response.statusCode).toBe(200);
    expect(response.headers.vary).toBe('Accept-Encoding');
  }
});

describe('a link to a result', () => {
  const id = '01938f5e-7b3a-7cc0-8000-000000000001';

  it('names its card by its whole address, below the base path too', async () => {
    await serve('/digits');
    const html = await text(await get(`/ui/p/${id}`, { host: 'ink.example' }));
    expect(html).toContain(
      `<meta property="og:image" content="http://ink.example/digits/ui/p/${id}/card.png" />`,
    );
    expect(html).toContain('<base href="/digits/ui/" />');
    expect(await text(await get(`/ui/p/${id}/card.png`))).toBe(`card of ${id}`);
  });

  it('lets no host break out of a tag', async () => {
    await serve();
    const html = await text(await get(`/ui/p/${id}`, { host: 'a"><script>' }));
    expect(html).not.toContain('"><script>');
  });

  it('is not sent again to a browser that has it', async () => {
    await serve();
    const { etag } = (await get(`/ui/p/${id}`)).headers;
    expect((await get(`/ui/p/${id}`, { 'if-none-match': etag! })).statusCode).toBe(304);
  });
});

it('leads a browser from / to the page, and lets programs be', async () => {
  await serve('/digits');
  const browser = await get('/', { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' });
  expect([browser.statusCode, browser.headers.location]).toEqual([302, '/digits/ui/']);
  for (const accept of ['*/*', 'application/json', 'application/json, text/html;q=0.9']) {
    const program = await get('/', { accept });
    expect(program.statusCode).toBe(404);
    expect(program.headers.vary).toBe('Accept');
  }
});
