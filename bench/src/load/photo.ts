import { createRandom } from '../random.ts';
import { strokeCoverage } from './stroke.ts';

const PAPER = [214, 208, 196] as const;
const INK = [38, 52, 118] as const;
/** Amplitudes in grey levels: the sensor's noise, and the fibres of the paper. */
const NOISE = 16;
const FIBRES = 6;

/**
 * A photograph of a digit written on paper with a blue pen: uneven light with a soft shadow across it, the paper's fibres
 * and the sensor's noise. Interleaved RGB in the sensor's orientation: the upright photo turned left by 90°.
 */
export function paintPhoto({ width, height }: { width: number; height: number }): Buffer {
  const pixels = Buffer.alloc(width * height * 3);
  const random = createRandom(7);
  const fibres = Float32Array.from({ length: 256 * 256 }, () => random.next() - 0.5);
  const [uprightWidth, uprightHeight] = [height, width];
  const pen = { side: uprightWidth, width: uprightWidth / 55 };
  const top = (uprightHeight - uprightWidth) / 2;
  for (let y = 0, at = 0; y < height; y++) {
    const uprightX = uprightWidth - 1 - y;
    for (let x = 0; x < width; x++) {
      const light = lightAt(uprightX / uprightWidth, x / uprightHeight);
      const fibre = FIBRES * fibres[((y >> 2) & 255) * 256 + ((x >> 2) & 255)]!;
      const within = isNearStroke(uprightX / uprightWidth, (x - top) / uprightWidth);
      const covered = within ? strokeCoverage(uprightX, x - top, pen) * 0.92 : 0;
      const noise = NOISE * (random.next() - 0.5);
      for (let channel = 0; channel < 3; channel++, at++) {
        const colour = PAPER[channel]! + fibre + (INK[channel]! - PAPER[channel]!) * covered;
        pixels[at] = Math.min(255, Math.max(0, colour * light + noise));
      }
    }
  }
  return pixels;
}

/** Spares most pixels the search for the nearest piece of the stroke. Coordinates 0…1 of the square around it. */
const isNearStroke = (x: number, y: number) => x > 0.25 && x < 0.75 && y > 0.15 && y < 0.9;

/** Light falls off towards one corner, and a soft shadow lies over a lower part. Coordinates 0…1. */
function lightAt(x: number, y: number): number {
  const shadow = 1 / (1 + Math.exp((0.75 - y + 0.2 * x) * 14));
  return (1.05 - 0.2 * x - 0.1 * y) * (1 - 0.25 * shadow);
}
