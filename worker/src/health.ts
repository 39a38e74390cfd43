import { createServer, type Server } from 'node:http';

/**
 * The worker's own health endpoint, for containers: GET /health/live is 200 while the process turns,
 * GET /health/ready is 200 while `isReady` and 503 otherwise.
 */
export function createHealthServer(options: { isReady: () => boolean }): Server {
  return createServer((request, response) => {
    const ready = options.isReady();
    const ok = request.url === '/health/live' || (request.url === '/health/ready' && ready);
    const known = request.url === '/health/live' || request.url === '/health/ready';
    response.writeHead(known ? (ok ? 200 : 503) : 404, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ status: ready ? 'ready' : 'not-ready' }));
  });
}
