/** Most bytes of one image, as the api writes it into index.html; null where it has not. */
export const IMAGE_MAX_BYTES = parseLimit(
  globalThis.document?.querySelector<HTMLMetaElement>('meta[name=image-max-bytes]')?.content,
);

function parseLimit(text = ''): number | null {
  const bytes = Number.parseInt(text, 10);
  return bytes > 0 ? bytes : null;
}
