import { type Server, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { ProblemError, toProblem } from '../../errors.ts';

/**
 * Responds to requests that Node.js gives up before the application gets them: one that took too long to arrive, one with
 * too many headers, one that is not valid HTTP.
 */
export function refuseBrokenRequests(server: Server, options: { headersMaxBytes: number }): void {
  server.on(
    'clientError',
    (error: NodeJS.ErrnoException, socket: Duplex & { _httpMessage?: ServerResponse }) => {
      if (!socket.writable || error.code === 'ECONNRESET') return void socket.destroy();
      // Node.js's own note of the response that is under way here: a note of ours would cost each request a listener.
      const due = socket._httpMessage;
      // The request is whole and valid, and only what follows it is not: its response is due, and nothing else.
      if (due?.req.complete) return void due.once('finish', () => socket.end());
      const document = toProblem(problemOf(error, options));
      const body = JSON.stringify(document);
      const head = [
        `HTTP/1.1 ${document.status} ${STATUS_CODES[document.status]}`,
        'Content-Type: application/problem+json',
        `Content-Length: ${Buffer.byteLength(body)}`,
        'Connection: close',
      ];
      socket.end(`${head.join('\r\n')}\r\n\r\n${body}`, () => socket.destroy());
    },
  );
}

function problemOf({ code }: NodeJS.ErrnoException, options: { headersMaxBytes: number }): ProblemError {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') {
    return new ProblemError('upload-timeout', 'The request took too long to arrive. Try again.');
  }
  if (code === 'HPE_HEADER_OVERFLOW') {
    const limit = options.headersMaxBytes.toLocaleString('en');
    return new ProblemError(
      'headers-too-large',
      `The request headers, cookies among them, have more than ${limit} bytes. Delete the cookies of this site, or send fewer headers.`,
    );
  }
  return new ProblemError('invalid-request', 'The request is not valid HTTP.');
}
