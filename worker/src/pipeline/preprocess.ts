import type { ModelManifest } from '@inkqueue/shared/contracts/model';
import { costOf, isHeavy } from '@inkqueue/shared/node/image-cost';
import { createDecoder, HeavierThanSaid } from './decode/decoder.ts';
import { normalize } from './normalize.ts';

/** The network's input as ink, 0…255, and what it took to get it. */
export interface Ink {
  pixels: Uint8Array;
  timings: { decode_ms: number; normalize_ms: number };
}

/**
 * Image bytes → bitmap → ink, in this process.
 *
 * @param options.memoryMax bytes that decoding one image may take, by its header
 */
export function createToInk({ memoryMax }: { memoryMax: number }) {
  const { decode } = createDecoder({ memoryMax });
  /**
   * @param options as `decode` takes them
   * @throws ImageError where the bytes are not an image with a digit on it; its code says why
   */
  return async (bytes: Uint8Array, options?: Parameters<typeof decode>[1]): Promise<Ink> => {
    const start = performance.now();
    const bitmap = await decode(bytes, options);
    const decoded = performance.now();
    const pixels = normalize(bitmap);
    return {
      pixels,
      timings: { decode_ms: decoded - start, normalize_ms: performance.now() - decoded },
    };
  };
}

/**
 * The first step of a prediction: image bytes → bitmap → ink → tensor.
 *
 * @param options.memoryMax bytes that decoding one image may take, by its header
 * @param options.heavyToInk brings heavy images to ink, in place of this process
 */
export function createPreprocess(options: {
  manifest: ModelManifest;
  memoryMax: number;
  heavyToInk?: (bytes: Uint8Array) => Promise<Ink>;
}) {
  const { manifest, memoryMax, heavyToInk } = options;
  const toInk = createToInk({ memoryMax });

  async function inkOf(bytes: Uint8Array): Promise<Ink> {
    if (!heavyToInk) return toInk(bytes);
    const cost = costOf(bytes);
    if (isHeavy(bytes, cost)) return heavyToInk(bytes);
    try {
      return await toInk(bytes, { cost, isLight: true });
    } catch (error) {
      if (error instanceof HeavierThanSaid) return heavyToInk(bytes);
      throw error;
    }
  }

  /**
   * @returns the tensor that the network takes, and the same as ink, 0…255
   * @throws ImageError where the bytes are not an image with a digit on it; its code says why
   */
  return async (bytes: Uint8Array) => {
    const { pixels, timings } = await inkOf(bytes);
    return { tensor: toTensor(pixels, manifest), pixels, timings };
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
