import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { createServer, request as httpRequest, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import Koa from 'koa';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { docs } from './docs.ts';
import { page } from './page.ts';

const INDEX = '<base href="/ui/" /><meta name="image-max-bytes" content="" /><p>The page</p>';

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
  app.use(page({ directory, basePath, imageMaxBytes: 1234 }));
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
      for (const place of ['/ui/', '/ui/history', '/ui/p/0193']) {
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
