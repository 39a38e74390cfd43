import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { ProblemError, toProblem } from '../../errors.ts';

/**
 * Responds to a request that Node.js gives up before the application gets it: one that took too long to arrive, or that is
 * not valid HTTP. For the server's `clientError` event.
 */
export function refuseBrokenRequest(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  const problem = toProblem(
    error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
      ? new ProblemError('upload-timeout', 'The request took too long to arrive. Try again.')
      : new ProblemError('invalid-request', 'The request is not valid HTTP.'),
  );
  const body = JSON.stringify(problem);
  const head = [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}`,
    'Content-Type: application/problem+json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`, () => socket.destroy());
}
