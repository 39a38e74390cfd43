const HEAD_END = '\r\n\r\n';

/** A response that has arrived whole. */
export interface ResponseEnd {
  status: number;
  /** Bytes that the response takes. */
  length: number;
  /** Whether the connection takes another request. */
  isKept: boolean;
}

/**
 * Reads no more of an HTTP/1.1 response than where it ends. Node's own client costs several times as much, beside services
 * that need the same cores.
 *
 * @returns null while bytes are missing
 * @throws RangeError when the bytes are no response of which the length is known
 */
export function findResponseEnd(bytes: Buffer): ResponseEnd | null {
  const headLength = bytes.indexOf(HEAD_END);
  if (headLength < 0) return null;
  const head = bytes.toString('latin1', 0, headLength);
  const [, version, status] = /^HTTP\/1\.([01]) (\d{3})/.exec(head) ?? [];
  if (!status) throw new RangeError(`not an HTTP/1.1 response: ${head.slice(0, 80)}`);
  const start = headLength + HEAD_END.length;
  const length = bodyEnd(bytes, head, start);
  if (length === null || length > bytes.length) return null;
  const isKept = version === '1' && !/^connection: *close/im.test(head);
  return { status: Number(status), length, isKept };
}

/** @returns where the body ends; null while that cannot be told yet */
function bodyEnd(bytes: Buffer, head: string, start: number): number | null {
  const length = /^content-length: *(\d+)/im.exec(head)?.[1];
  if (length) return start + Number(length);
  if (!/^transfer-encoding: *chunked/im.test(head)) {
    throw new RangeError('a response has neither Content-Length nor chunks');
  }
  for (let at = start; ; ) {
    const lineEnd = bytes.indexOf('\r\n', at);
    if (lineEnd < 0) return null;
    const size = Number.parseInt(bytes.toString('latin1', at, lineEnd), 16);
    at = lineEnd + 2 + size + 2;
    if (size === 0) return at;
  }
}
