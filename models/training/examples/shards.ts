import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';

/** The label of what is no digit. */
export const noDigit = 10;

/**
 * Writes training examples: NAME.pixels (784 bytes each), NAME.labels (one byte each: digit, or 10 for none) and
 * NAME.origins (uint32 little-endian each: the MNIST training digit it was made from, or 0xffffffff).
 */
export interface ShardWriter {
  add(pixels: Uint8Array, label: number, origin: number): Promise<void>;
  close(): Promise<void>;
}

export const noOrigin = 0xffffffff;

export function createShardWriter(path: string): ShardWriter {
  const streams = ['pixels', 'labels', 'origins'].map((part) => createWriteStream(`${path}.${part}`));
  const [pixelStream, labelStream, originStream] = streams as [WriteStream, WriteStream, WriteStream];
  return {
    async add(pixels, label, origin) {
      const word = Buffer.alloc(4);
      word.writeUInt32LE(origin);
      labelStream.write(Uint8Array.of(label));
      originStream.write(word);
      if (!pixelStream.write(pixels)) await once(pixelStream, 'drain');
    },
    async close() {
      for (const stream of streams) {
        stream.end();
        await once(stream, 'close');
      }
    },
  };
}
