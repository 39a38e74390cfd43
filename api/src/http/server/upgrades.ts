import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

/** Headers that belong to the offer alone. */
const OFFER_HEADERS = new Set(['upgrade', 'http2-settings']);

/**
 * Ignores every offer to upgrade but WebSocket on the sockets' own path, as RFC 9110, 7.8 allows: the request is served as
 * if the client had not made the offer. `curl --http2` and Java's HttpClient offer HTTP/2 with every request. Call after
 * the sockets listen.
 *
 * @param options.path where the sockets take WebSocket upgrades
 */
export function ignoreOtherUpgrades(server: Server, options: { path: string }): void {
  const accept = server.listeners('upgrade');
  server.removeAllListeners('upgrade');
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const isWebSocket = request.headers.upgrade?.toLowerCase() === 'websocket';
    if (isWebSocket && request.url?.startsWith(options.path)) {
      for (const listener of accept) listener.call(server, request, socket, head);
    } else {
      serveWithoutOffer(server, request, socket, head);
    }
  });
}

/** Node.js has given the connection up by now: the server takes it as a new one that begins with the same request. */
function serveWithoutOffer(
  server: Server,
  request: IncomingMessage,
  socket: Duplex & { _httpMessage?: ServerResponse | null },
  head: Buffer,
): void {
  // Node.js's own note of the response that is due for a request before: its end is the old connection's business.
  const due = socket._httpMessage;
  if (due) return void due.once('close', () => serveWithoutOffer(server, request, socket, head));
  if (socket.destroyed) return;
  const lines = [`${request.method} ${request.url} HTTP/${request.httpVersion}`];
  for (let i = 0; i < request.rawHeaders.length; i += 2) {
    const name = request.rawHeaders[i] ?? '';
    const value = request.rawHeaders[i + 1] ?? '';
    if (OFFER_HEADERS.has(name.toLowerCase())) continue;
    if (name.toLowerCase() !== 'connection') lines.push(`${name}: ${value}`);
    else lines.push(...connectionHeader(value));
  }
  socket.unshift(Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), head]));
  server.emit('connection', socket);
}

function connectionHeader(value: string): string[] {
  const tokens = value.split(',').map((token) => token.trim());
  const others = tokens.filter((token) => !OFFER_HEADERS.has(token.toLowerCase()));
  return others.length > 0 ? [`Connection: ${others.join(', ')}`] : [];
}
