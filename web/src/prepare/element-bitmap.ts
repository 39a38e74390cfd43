/** A vector image is painted at this length: it has no pixels of its own. */
const VECTOR_PIXELS = 1024;

/**
 * The picture by an element, which shows formats that `createImageBitmap` does not take, such as SVG. Null where the browser
 * cannot show it either.
 */
export async function elementBitmap(file: Blob): Promise<ImageBitmap | null> {
  const address = URL.createObjectURL(file);
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const { naturalWidth, naturalHeight } = image;
    if (file.type !== 'image/svg+xml') return await createImageBitmap(image);
    // Some vector images have no size: those fill a square.
    const [width, height] = naturalWidth && naturalHeight ? [naturalWidth, naturalHeight] : [1, 1];
    const scale = VECTOR_PIXELS / Math.max(width, height);
    const canvas = document.createElement('canvas');
    canvas.width = Math.ceil(width * scale);
    canvas.height = Math.ceil(height * scale);
    canvas.getContext('2d')!.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await createImageBitmap(canvas);
  } catch (error) {
    if (error instanceof DOMException) return null;
    throw error;
  } finally {
    URL.revokeObjectURL(address);
  }
}
