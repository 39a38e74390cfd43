import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { ProblemError, toProblem } from '../errors.ts';

/**
 * Answers what Node.js gives up before the application has it whole: a request that took too long to send, or that is no
 * HTTP. For the server's `clientError` event.
 */
export function refuseBrokenRequest(err: NodeJS.ErrnoException, socket: Duplex): void {
  if (!socket.writable || err.code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  const problem = toProblem(
    err.code === 'ERR_HTTP_REQUEST_TIMEOUT'
      ? new ProblemError('upload-timeout', 'The request took too long to arrive. Try again.')
      : new ProblemError('invalid-request', 'This is no HTTP request that can be read.'),
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
