import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';

/** The label of an example that shows no digit. */
export const NO_DIGIT = 10;
/** The origin of an example that was not made from an MNIST digit. */
export const NO_ORIGIN = 0xffffffff;

/** Whether an MNIST training digit is left for validation, as `split` in shards.py chooses. */
export function isHeld(origin: number): boolean {
  return Math.floor((origin * 2654435761) / 128) % 12 === 0;
}

/**
 * Writes training examples: PATH.pixels (784 bytes each), PATH.labels (one byte each: digit, or NO_DIGIT) and PATH.origins
 * (uint32 little-endian each: the MNIST training digit that the example was made from, or NO_ORIGIN). shards.py reads them.
 */
export function createShardWriter(path: string) {
  const streams = ['pixels', 'labels', 'origins'].map((part) => createWriteStream(`${path}.${part}`));
  const [pixelStream, labelStream, originStream] = streams as [WriteStream, WriteStream, WriteStream];
  return {
    async add(pixels: Uint8Array, label: number, origin: number): Promise<void> {
      const word = Buffer.alloc(4);
      word.writeUInt32LE(origin);
      labelStream.write(Uint8Array.of(label));
      originStream.write(word);
      if (!pixelStream.write(pixels)) await once(pixelStream, 'drain');
    },
    async close(): Promise<void> {
      for (const stream of streams) {
        stream.end();
        await once(stream, 'close');
      }
    },
  };
}
