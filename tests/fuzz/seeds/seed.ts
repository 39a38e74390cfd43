/** The formats that the service reads. */
export const FORMATS = ['png', 'jpeg', 'webp', 'gif', 'tiff', 'avif', 'bmp'] as const;
export type Format = (typeof FORMATS)[number];

/** A whole picture, from which inputs are made. */
export interface Seed {
  name: string;
  format: Format | 'other';
  bytes: Buffer;
}
