import type { IncomingMessage, Server } from 'node:http';

/**
 * Takes the base path off each request before anything else looks at it. A request without it is served as well: some
 * proxies take the path off themselves, and health checks come without a proxy. Call after the sockets listen.
 */
export function stripBasePath(server: Server, basePath: string): void {
  if (basePath === '') return;
  const strip = (request: IncomingMessage) => {
    const url = request.url ?? '';
    if (url === basePath || url.startsWith(`${basePath}?`)) request.url = `/${url.slice(basePath.length)}`;
    else if (url.startsWith(`${basePath}/`)) request.url = url.slice(basePath.length);
  };
  server.prependListener('request', strip);
  server.prependListener('upgrade', strip);
}
