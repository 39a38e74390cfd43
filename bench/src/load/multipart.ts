import type { Image } from './images.ts';

/** A request body made once, and its header. The same bytes go to every contender. */
export interface Upload {
  contentType: string;
  body: Buffer;
}

const BOUNDARY = 'inkqueue-bench-boundary';
export const MULTIPART_TYPE = `multipart/form-data; boundary=${BOUNDARY}`;
export const MULTIPART_END = Buffer.from(`--${BOUNDARY}--\r\n`);

/** One `file` part with its boundary. */
export function filePart(image: Image, filename: string): Buffer {
  const head = [
    `--${BOUNDARY}`,
    `Content-Disposition: form-data; name="file"; filename="${filename}"`,
    `Content-Type: ${image.mediaType}`,
    '\r\n',
  ].join('\r\n');
  return Buffer.concat([Buffer.from(head), image.bytes, Buffer.from('\r\n')]);
}

/** One image as a form's only field. */
export function singleUpload(image: Image): Upload {
  return {
    contentType: MULTIPART_TYPE,
    body: Buffer.concat([filePart(image, `picture.${image.mediaType.slice(6)}`), MULTIPART_END]),
  };
}
