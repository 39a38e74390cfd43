import type { Picture } from './pictures.ts';

/** A request body made once, and its header. The same bytes go to every contender. */
export interface Upload {
  contentType: string;
  body: Buffer;
}

const BOUNDARY = 'inkqueue-bench-boundary';
export const multipartType = `multipart/form-data; boundary=${BOUNDARY}`;
export const multipartEnd = Buffer.from(`--${BOUNDARY}--\r\n`);

/** One `file` part with its boundary. */
export function filePart(picture: Picture, filename: string): Buffer {
  const head = [
    `--${BOUNDARY}`,
    `Content-Disposition: form-data; name="file"; filename="${filename}"`,
    `Content-Type: ${picture.mediaType}`,
    '\r\n',
  ].join('\r\n');
  return Buffer.concat([Buffer.from(head), picture.bytes, Buffer.from('\r\n')]);
}

/** One picture as a form's only field. */
export function singleUpload(picture: Picture): Upload {
  return {
    contentType: multipartType,
    body: Buffer.concat([filePart(picture, `picture.${picture.mediaType.slice(6)}`), multipartEnd]),
  };
}
