import { createServer, type Server } from 'node:http';

/**
 * The health endpoint of a process that serves no HTTP otherwise, for containers. GET /health/live: liveness, 200 while the process responds. GET
 * /health/ready: readiness, 200 while `isReady` and 503 otherwise.
 */
export function createHealthServer(options: { isReady: () => boolean }): Server {
  return createServer((request, response) => {
    const ready = options.isReady();
    const statuses = new Map([
      ['/health/live', 200],
      ['/health/ready', ready ? 200 : 503],
    ]);
    response.writeHead(statuses.get(request.url ?? '') ?? 404, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ status: ready ? 'ready' : 'not-ready' }));
  });
}
