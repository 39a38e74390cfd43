import type { ModelManifest } from '@inkqueue/shared/contracts/model';
import type { Expectation } from '@inkqueue/shared/contracts/prediction';
import { costOf, isHeavy } from '@inkqueue/shared/node/image/cost';
import { createDecoder, HeavierThanSaid } from './decode/decoder.ts';
import { sizeOf } from './decode/libvips.ts';
import { normalize } from './normalize.ts';
import type { Reading } from './reading.ts';

/** What may be read of an image, and what it took to get it. Boxes are in pixels of the image, upright. */
export interface Ink {
  reading: Reading;
  timings: { decode_ms: number; normalize_ms: number };
}

/** How an image is read. */
export interface ReadOptions {
  /** How many digits the client says that the image shows. */
  expect?: Expectation | undefined;
}

/**
 * Image bytes → bitmap → ink, in this process.
 *
 * @param options.memoryMax bytes that decoding one image may take, by its header
 */
export function createToInk({ memoryMax }: { memoryMax: number }) {
  const { decode, decodeSmall } = createDecoder({ memoryMax });
  /**
   * @param options as `decode` takes them, and what the client expects
   * @throws ImageError where the bytes are not an image with a digit on it; its code says why
   */
  return async (
    bytes: Uint8Array,
    { expect = 'auto', ...options }: ReadOptions & Parameters<typeof decode>[1] = {},
  ): Promise<Ink> => {
    const start = performance.now();
    const cost = options.cost ?? costOf(bytes);
    // Nothing else runs before normalize has read a small one.
    const bitmap = decodeSmall(bytes, cost) ?? (await decode(bytes, { ...options, cost }));
    // The bitmap of a large image is smaller than the image.
    const size = cost ?? (await sizeOf(bytes, bitmap));
    const decoded = performance.now();
    const reading = normalize(bitmap, { expect });
    scaleBoxes(reading, bitmap, size);
    return {
      reading,
      timings: { decode_ms: decoded - start, normalize_ms: performance.now() - decoded },
    };
  };
}

/** @param size of the image as stored: it may have been turned */
function scaleBoxes({ lines }: Reading, bitmap: Size, size: Size): void {
  const isTurned = bitmap.width > bitmap.height !== size.width > size.height;
  const [width, height] = isTurned ? [size.height, size.width] : [size.width, size.height];
  if (width === bitmap.width && height === bitmap.height) return;
  const across = width / bitmap.width;
  const down = height / bitmap.height;
  for (const { candidates } of lines) {
    for (const { box } of candidates) {
      const right = Math.min(width, Math.ceil((box.left + box.width) * across));
      const bottom = Math.min(height, Math.ceil((box.top + box.height) * down));
      box.left = Math.floor(box.left * across);
      box.top = Math.floor(box.top * down);
      box.width = right - box.left;
      box.height = bottom - box.top;
    }
  }
}

interface Size {
  width: number;
  height: number;
}

/**
 * The first step of a prediction: image bytes → bitmap → ink → tensors.
 *
 * @param options.memoryMax bytes that decoding one image may take, by its header
 * @param options.heavyToInk brings heavy images to ink, in place of this process
 */
export function createPreprocess(options: {
  manifest: ModelManifest;
  memoryMax: number;
  heavyToInk?: (bytes: Uint8Array, options: ReadOptions) => Promise<Ink>;
}) {
  const { manifest, memoryMax, heavyToInk } = options;
  const toInk = createToInk({ memoryMax });

  async function inkOf(
    bytes: Uint8Array,
    { mayBeHeavy, ...read }: ReadOptions & { mayBeHeavy: boolean },
  ): Promise<Ink> {
    if (!heavyToInk) return toInk(bytes, read);
    const cost = costOf(bytes);
    try {
      if (isHeavy(bytes, cost)) throw new HeavierThanSaid();
      return await toInk(bytes, { ...read, cost, isLight: true });
    } catch (error) {
      if (mayBeHeavy && error instanceof HeavierThanSaid) return heavyToInk(bytes, read);
      throw error;
    }
  }

  /**
   * @param options.mayBeHeavy whether this is the time for a heavy image
   * @returns what may be read of the image, and the tensors of all its candidates in their order
   * @throws ImageError where the bytes are not an image with a digit on it; its code says why
   * @throws HeavierThanSaid for a heavy image at the wrong time
   */
  return async (
    bytes: Uint8Array,
    { mayBeHeavy = false, ...read }: ReadOptions & { mayBeHeavy?: boolean } = {},
  ) => {
    const { reading, timings } = await inkOf(bytes, { mayBeHeavy, ...read });
    const tensors = reading.lines.flatMap(({ candidates }) =>
      candidates.map(({ pixels }) => toTensor(pixels, manifest)),
    );
    return { reading, tensors, timings };
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
