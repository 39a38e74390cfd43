import { ProblemError } from '../../errors.ts';

/** The problem of an image over the limit. */
export const tooLarge = (maxBytes: number) =>
  new ProblemError('too-large', `A picture may have at most ${maxBytes.toLocaleString('en')} bytes.`);

/** The problem of a body whose stream failed: it is not what its `Content-Encoding` says, or the client broke it off. */
export function brokenUpload(error?: Error): ProblemError {
  return error && isDecodingError(error)
    ? new ProblemError('malformed-upload', 'The request body is not what its Content-Encoding says.')
    : new ProblemError('malformed-upload', 'The upload broke off before its end. Send it again.');
}

/** Node.js's zlib names its errors so. */
function isDecodingError(error: Error): boolean {
  return 'code' in error && /^(Z_|ERR_BROTLI|ERR__ERROR)/.test(String(error.code));
}
