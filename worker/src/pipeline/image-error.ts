export const IMAGE_ERROR_CODES = [
  'empty-file',
  'unsupported-format',
  'unreadable-image',
  'too-many-pixels',
  'too-small',
  'no-ink',
  'internal',
] as const;

/** An image that cannot be predicted, whatever its neighbours are. The message is written for the client that sent it. */
export class ImageError extends Error {
  override readonly name = 'ImageError';
  readonly code: (typeof IMAGE_ERROR_CODES)[number];

  constructor(code: (typeof IMAGE_ERROR_CODES)[number], detail: string, options?: ErrorOptions) {
    super(detail, options);
    this.code = code;
  }
}
