import { isFaithful, PROBE_PIXELS } from '../browser/faithful-canvas.ts';
import { fittedSize } from './fitted-size.ts';
import type { PreparingReply, PreparingRequest } from './protocol.ts';

// A web worker that decodes pictures, turns them upright, shrinks them and encodes them again, away from the pen.

const JPEG_QUALITY = 0.9;

/** One picture after the other: one of 50 megapixels takes 200 MB while it is decoded. */
let last = Promise.resolve();

addEventListener('message', ({ data }: MessageEvent<PreparingRequest>) => {
  last = last
    .then(async () => {
      const reply: PreparingReply = { id: data.id, blob: await prepared(data.source) };
      postMessage(reply);
    })
    // To the page, which waits for a reply.
    .catch(reportError);
});

/** Null where the browser cannot decode the picture, or alters what a canvas shows. */
async function prepared(source: Blob | ImageBitmap): Promise<Blob | null> {
  try {
    if (!isFaithful(new OffscreenCanvas(PROBE_PIXELS, PROBE_PIXELS).getContext('2d')!)) return null;
    const bitmap = source instanceof Blob ? await createImageBitmap(source) : source;
    const [width, height] = fittedSize([bitmap.width, bitmap.height]);
    const canvas = new OffscreenCanvas(width, height);
    const context = canvas.getContext('2d', { willReadFrequently: true })!;
    context.imageSmoothingQuality = 'high';
    context.drawImage(bitmap, 0, 0, width, height);
    bitmap.close();
    // The service decides whether ink on a transparent ground is dark or light: it needs to know what is transparent.
    const type = isTransparent(context.getImageData(0, 0, width, height)) ? 'image/png' : 'image/jpeg';
    return await canvas.convertToBlob({ type, quality: JPEG_QUALITY });
  } catch (error) {
    // InvalidStateError: the browser has no decoder for it. RangeError: no memory for so many pixels.
    if (error instanceof DOMException || error instanceof RangeError) return null;
    throw error;
  }
}

function isTransparent({ data }: ImageData): boolean {
  for (let alpha = 3; alpha < data.length; alpha += 4) if (data[alpha]! < 255) return true;
  return false;
}
