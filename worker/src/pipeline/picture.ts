/**
 * A decoded picture: 8-bit samples, row-major, interleaved where there are three channels (sRGB). Transparency is
 * already flattened and the EXIF orientation applied.
 */
export interface Picture {
  data: Uint8Array;
  width: number;
  height: number;
  channels: 1 | 3;
}

type PictureErrorCode =
  | 'empty-file'
  | 'unsupported-format'
  | 'unreadable-image'
  | 'too-many-pixels'
  | 'too-small'
  | 'no-ink';

/** A picture that no retry can read. The message is meant for whoever sent it. */
export class PictureError extends Error {
  readonly code: PictureErrorCode;

  constructor(code: PictureErrorCode, detail: string, options?: ErrorOptions) {
    super(detail, options);
    this.name = 'PictureError';
    this.code = code;
  }
}
