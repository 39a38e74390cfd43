type ImageErrorCode =
  | 'empty-file'
  | 'unsupported-format'
  | 'unreadable-image'
  | 'too-many-pixels'
  | 'too-small'
  | 'no-ink';

/** An image that no retry can predict. The message is written for the client that sent the image. */
export class ImageError extends Error {
  override readonly name = 'ImageError';
  readonly code: ImageErrorCode;

  constructor(code: ImageErrorCode, detail: string, options?: ErrorOptions) {
    super(detail, options);
    this.code = code;
  }
}
