import type { ModelManifest } from '@inkqueue/shared/contracts/model';
import { createDecoder } from './decode/decoder.ts';
import { normalize } from './normalize.ts';

/**
 * The first step of a prediction: image bytes → bitmap → ink → tensor.
 *
 * @param options.pixelsMax of an image, checked before any pixel is decoded
 */
export function createPreprocess(options: { manifest: ModelManifest; pixelsMax: number }) {
  const { manifest, pixelsMax } = options;
  const { decode } = createDecoder({ pixelsMax });
  /**
   * @returns the tensor that the network takes, and the same as ink, 0…255
   * @throws ImageError where the bytes are not an image with a digit on it; its code says why
   */
  return async (bytes: Uint8Array) => {
    const start = performance.now();
    const bitmap = await decode(bytes);
    const decoded = performance.now();
    const pixels = normalize(bitmap);
    const tensor = toTensor(pixels, manifest);
    const timings = { decode_ms: decoded - start, normalize_ms: performance.now() - decoded };
    return { tensor, pixels, timings };
  };
}
export type Preprocess = ReturnType<typeof createPreprocess>;

/**
 * Scales ink to what the network was trained on: (ink / 255 − mean) / std.
 * @param pixels ink, 0…255
 */
export function toTensor(pixels: Uint8Array, { input }: ModelManifest): Float32Array {
  const scale = 1 / (255 * input.std);
  const shift = -input.mean / input.std;
  const tensor = new Float32Array(pixels.length);
  for (let i = 0; i < pixels.length; i++) tensor[i] = pixels[i]! * scale + shift;
  return tensor;
}
