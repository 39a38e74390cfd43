import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

const DIST = 'web/dist';
/** Which kind a browser takes for a module, a style or a page. */
const KINDS: Readonly<Record<string, string>> = { js: 'text/javascript', css: 'text/css', html: 'text/html' };

/** A part of the page that it fetches when it is opened. */
const LATE_PART = /history-view-[\w-]+\.js/;

/** Serves the built page alone, and may replace it by another build, which has other names for its parts. */
export async function startDeployment() {
  let build = 1;

  async function respond(path: string): Promise<Buffer | string> {
    const isPlace = !path.includes('.');
    const built = await readFile(join(DIST, isPlace ? 'index.html' : path));
    if (build === 1) return built;
    if (LATE_PART.test(path)) throw new Error('The new build has another name for it.');
    if (isPlace) return built.toString().replace('</head>', '<meta name="build" content="2" /></head>');
    if (path !== 'sw.js') return built;
    return built
      .toString()
      .replace('VERSION = "', 'VERSION = "2')
      .replace(new RegExp(`"assets/${LATE_PART.source}",`), '');
  }

  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname.replace(/^\/ui\/?/, '');
    respond(path).then(
      (body) => {
        response.setHeader('Content-Type', KINDS[path.split('.')[1] ?? 'html'] ?? 'application/octet-stream');
        response.setHeader('Cache-Control', 'no-cache');
        response.end(body);
      },
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    deployAgain(): void {
      build = 2;
    },
    close(): void {
      server.closeAllConnections();
      server.close();
    },
  };
}
