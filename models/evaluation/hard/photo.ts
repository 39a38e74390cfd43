import type { Random } from '../../training/examples/random.ts';
import { blurLayer, type Layer } from './layer.ts';

/** Red, green, blue, 0…255. */
export type Colour = readonly [number, number, number];

/** A picture before it is a file: three values for each pixel, 0…255 (what lies outside is clipped). */
export interface Photo {
  values: Float32Array;
  width: number;
  height: number;
  /** The quality of the JPEG that it was before it became a PNG; null where it never was. */
  jpeg: number | null;
}

/** A picture of one colour, or of the colour of each pixel. */
export function createPhoto(
  { width, height }: { width: number; height: number },
  colour: Colour | ((x: number, y: number) => Colour),
): Photo {
  const values = new Float32Array(width * height * 3);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i += 3)
      values.set(typeof colour === 'function' ? colour(x, y) : colour, i);
  }
  return { values, width, height, jpeg: null };
}

/** Lays a colour over the picture where a layer of the same size has ink, out of focus by `blur` pixels. */
export function paint(photo: Photo, layer: Layer, colour: Colour, blur = 0): void {
  const { coverage } = blur > 0 ? blurLayer(layer, blur) : layer;
  for (let i = 0; i < photo.values.length; i++) {
    photo.values[i]! += (colour[i % 3]! - photo.values[i]!) * coverage[Math.floor(i / 3)]!;
  }
}

interface Exposure {
  /** How much light falls away from one side to the other, 0…1. */
  slope: number;
  /** How much darker a shadow's side is, 0…1. */
  shadow: number;
  /** Standard deviation of the noise, in levels of 255. */
  grain: number;
}

/** Puts light and grain on a picture. */
export function expose(photo: Photo, { slope, shadow, grain }: Exposure, random: Random): void {
  const turn = random.uniform(0, 2 * Math.PI);
  const shadowTurn = random.uniform(0, 2 * Math.PI);
  const edge = random.uniform(-0.25, 0.25);
  const softness = random.uniform(0.015, 0.08);
  const { values, width, height } = photo;
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i += 3) {
      const [u, v] = [x / width - 0.5, y / height - 0.5];
      const along = u * Math.cos(turn) + v * Math.sin(turn);
      const across = u * Math.cos(shadowTurn) + v * Math.sin(shadowTurn);
      const shade = shadow === 0 ? 0 : shadow / (1 + Math.exp((across - edge) / softness));
      const light = (1 - slope * (along + 0.5)) * (1 - shade);
      const noise = grain === 0 ? 0 : random.roughNormal() * grain;
      for (let c = 0; c < 3; c++) values[i + c] = values[i + c]! * light + noise;
    }
  }
}
