import { connect } from 'node:net';
import type { Shot } from './shot.ts';
import { NO_STATUS } from './verdict.ts';

/** Longer than any wait that the api allows itself here: see the settings in run.ts. */
const BOUND_MS = 30_000;
const BREAK_OFF_MS = 30;
/** A connection on which nothing comes for so long may be closed before this process, which mutates on one thread, writes to it. */
const LATE_MS = 400;
/** As much of a response as its status and its first id take. */
const RESPONSE_MAX = 100_000;

export interface Response {
  /** Or one of NO_STATUS. */
  status: number;
  text: string;
  milliseconds: number;
}

/** Sends a request over a connection of its own, byte by byte as it stands, and reads what comes back until the connection ends. */
export function send(url: string, shot: Shot): Promise<Response> {
  const { hostname, port } = new URL(url);
  const start = performance.now();
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname);
    let text = '';
    let isLate = false;
    const end = (status: number) => {
      clearTimeout(bound);
      socket.destroy();
      resolve({ status, text, milliseconds: performance.now() - start });
    };
    const bound = setTimeout(() => end(NO_STATUS.tooLate), BOUND_MS);
    socket.on('data', (data) => {
      if (text.length < RESPONSE_MAX) text += data.toString('latin1');
    });
    // The api may close while the body is sent: what it said before counts.
    socket.on('error', () => {});
    socket.on('close', () => end(statusOf(text) ?? (isLate ? NO_STATUS.wasLate : NO_STATUS.closed)));
    socket.on('connect', () => {
      isLate = performance.now() - start > LATE_MS;
      socket.write(headOf(shot), 'latin1');
      if (shot.breaksOff) {
        socket.write(shot.body.subarray(0, shot.body.length / 2));
        setTimeout(() => end(NO_STATUS.left), BREAK_OFF_MS);
      } else {
        socket.write(shot.isChunked ? inChunks(shot.body) : shot.body);
      }
    });
  });
}

/** Of the final response: one that says Continue comes before it. */
function statusOf(text: string): number | undefined {
  const all = [...text.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, status]) => Number(status));
  return all.find((status) => status >= 200);
}

function headOf({ path, headers, body, isChunked }: Shot): string {
  const framing: Record<string, string> = isChunked
    ? { 'Transfer-Encoding': 'chunked' }
    : { 'Content-Length': String(body.length) };
  const all = { Host: 'localhost', Connection: 'close', ...framing, ...headers };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  return `POST ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`;
}

function inChunks(body: Buffer): Buffer {
  const size = 1_000;
  const pieces = Array.from({ length: Math.ceil(body.length / size) }, (_, i) =>
    body.subarray(i * size, (i + 1) * size),
  );
  const framed = pieces.flatMap((piece) => [
    Buffer.from(`${piece.length.toString(16)}\r\n`),
    piece,
    Buffer.from('\r\n'),
  ]);
  return Buffer.concat([...framed, Buffer.from('0\r\n\r\n')]);
}
