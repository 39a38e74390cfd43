import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { deflateSync, inflateSync } from 'node:zlib';

const SIDE = 280;
const PIXEL_PASSES = 60;
const INFLATES = 120;
const HASHES = 60;
const PARSES = 600;
const ROUND_TRIPS = 1_500;

/** Work of a fixed amount, of the kinds that a prediction is made of. */
export interface Calibration {
  /** @returns its CPU time, in microseconds */
  run(): Promise<number>;
  close(): void;
}

/**
 * Passes over pixels, inflating, hashing, JSON, and round trips over the loopback interface. What a prediction costs is compared with
 * what this costs at the same time on the same machine, so that a slower processor slows both alike.
 */
export async function createCalibration(): Promise<Calibration> {
  const echo = createServer((socket) => socket.pipe(socket)).listen(0, '127.0.0.1');
  await once(echo, 'listening');
  const socket = connect((echo.address() as AddressInfo).port, '127.0.0.1').setNoDelay();
  await once(socket, 'connect');

  const pixels = Uint8Array.from({ length: 4 * SIDE * SIDE }, (_, i) => (i * 2_654_435_761) >>> 24);
  const grey = new Uint8Array(SIDE * SIDE);
  const deflated = deflateSync(pixels.map((value, i) => (i % 16 < 12 ? 255 : value)));
  const json = JSON.stringify({
    digits: Array.from({ length: 40 }, (_, i) => ({ digit: i % 10, confidence: 1 / (i + 3) })),
  });
  const message = Buffer.alloc(400, 'a');

  async function work(): Promise<void> {
    for (let pass = 0; pass < PIXEL_PASSES; pass++) flatten(pixels, grey);
    for (let i = 0; i < INFLATES; i++) inflateSync(deflated);
    for (let i = 0; i < HASHES; i++) createHash('sha256').update(pixels).digest();
    for (let i = 0; i < PARSES; i++) JSON.stringify(JSON.parse(json));
    for (let i = 0; i < ROUND_TRIPS; i++) {
      socket.write(message);
      await once(socket, 'data');
    }
  }

  return {
    async run() {
      const before = process.cpuUsage();
      await work();
      const { user, system } = process.cpuUsage(before);
      return user + system;
    },
    close() {
      socket.destroy();
      echo.close();
    },
  };
}

/** RGBA on white, to grey. */
function flatten(rgba: Uint8Array, grey: Uint8Array): void {
  for (let i = 0, at = 0; i < grey.length; i++, at += 4) {
    const alpha = rgba[at + 3]!;
    const luma = 77 * rgba[at]! + 150 * rgba[at + 1]! + 29 * rgba[at + 2]!;
    grey[i] = ((luma >> 8) * alpha + 255 * (255 - alpha)) >> 8;
  }
}
