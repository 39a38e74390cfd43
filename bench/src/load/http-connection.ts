import { connect } from 'node:net';
import { findResponseEnd } from './http-response.ts';
import type { Upload } from './multipart.ts';

/** The bytes of a `POST` request, made once. */
export function requestBytes(url: URL, { contentType, body }: Upload): Buffer {
  const head = [
    `POST ${url.pathname} HTTP/1.1`,
    `Host: ${url.host}`,
    `Content-Type: ${contentType}`,
    `Content-Length: ${body.length}`,
    '\r\n',
  ].join('\r\n');
  return Buffer.concat([Buffer.from(head), body]);
}

export type Connection = ReturnType<typeof openConnection>;

/**
 * A kept-alive connection that has one request in flight at most.
 *
 * @param options.onResponse the request has ended: its status, or null where the connection broke; and whether the
 *   connection takes another request
 * @param options.onClose the connection ended while no request was in flight
 */
export function openConnection(options: {
  url: URL;
  onResponse: (connection: Connection, status: number | null, isKept: boolean) => void;
  onClose: (connection: Connection) => void;
}) {
  const socket = connect({ host: options.url.hostname, port: Number(options.url.port), noDelay: true });
  let received = Buffer.alloc(0);
  let isBusy = false;

  function end(status: number | null, isKept: boolean): void {
    isBusy = false;
    received = Buffer.alloc(0);
    if (!isKept) socket.destroy();
    options.onResponse(connection, status, isKept);
  }

  socket.on('data', (chunk) => {
    if (!isBusy) return void socket.destroy();
    received = received.length === 0 ? chunk : Buffer.concat([received, chunk]);
    try {
      const response = findResponseEnd(received);
      if (response) end(response.status, response.isKept);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      end(null, false);
    }
  });
  // 'close' follows, which says the same.
  socket.on('error', () => {});
  socket.on('close', () => {
    if (isBusy) end(null, false);
    else options.onClose(connection);
  });

  const connection = {
    send(request: Uint8Array): void {
      isBusy = true;
      socket.write(request);
    },
    destroy: () => void socket.destroy(),
  };
  return connection;
}
