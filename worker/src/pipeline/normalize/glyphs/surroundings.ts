import { dropFrames } from '../ink/frames.ts';
import type { Component } from '../raster/components.ts';
import type { Detail } from './detail.ts';

/** What is fainter than this share of the strongest ink is a stain. */
const LEVEL_SHARE_MIN = 0.45;
/** Smaller pieces, in pixels and as a share of the heaviest component's mass, are specks. */
const SPECK = { pixels: 6, massShare: 0.004 };
/** What tells how strong ink is has this share of the heaviest component's mass. */
const HEAVY_MIN = 0.1;
/** Rays sent out from what may be inside a frame, and the share of them that meet the frame. */
const RAYS = 24;
const RAYS_MET_MIN = 0.7;
/** What lies inside a frame has at least this share of the height of the room in which it lies. */
const INSIDE_HEIGHT_MIN = 0.28;

/** The components that may be digits: neither specks, stains, nor what frames digits. */
export function dropSurroundings(detail: Detail): Component[] {
  const { width, height } = detail.ink;
  const inside = dropFrames(detail, { width, height });
  const heaviest = Math.max(...inside.map(({ mass }) => mass));
  const strong = inside.filter(
    (component) => isNoSpeck(component) && component.mass >= SPECK.massShare * heaviest,
  );
  const levels = Math.max(...strong.filter(({ mass }) => mass > HEAVY_MIN * heaviest).map(levelOf));
  const clear = strong.filter((component) => levelOf(component) >= LEVEL_SHARE_MIN * levels);
  const frames = new Set(clear.filter((frame) => framesDigit(frame, clear, detail)));
  return clear.filter((component) => !frames.has(component));
}

/** Whether a component is more than noise makes. */
export function isNoSpeck({ area }: Component): boolean {
  return area >= SPECK.pixels;
}

function levelOf({ mass, area }: Component): number {
  return mass / area;
}

/** Whether a component goes around others of a digit's size: a ring, a box, a row of cells. */
function framesDigit(frame: Component, components: readonly Component[], detail: Detail): boolean {
  const within = components.filter(
    (other) =>
      other !== frame &&
      other.left >= frame.left &&
      other.right <= frame.right &&
      other.top >= frame.top &&
      other.bottom <= frame.bottom,
  );
  return within.some((other) => isSurrounded(other, frame, detail));
}

/** Whether rays from the middle of a component meet the frame all round, and the component is large for the room between. */
function isSurrounded(inner: Component, frame: Component, { labels, ink }: Detail): boolean {
  const x = (inner.left + inner.right) / 2;
  const y = (inner.top + inner.bottom) / 2;
  let met = 0;
  let room = 0;
  let ends = 0;
  for (let ray = 0; ray < RAYS; ray++) {
    const angle = (2 * Math.PI * ray) / RAYS;
    const [dx, dy] = [Math.cos(angle), Math.sin(angle)];
    const length = lengthTo(frame, labels, ink.width, { x, y, dx, dy });
    if (length === null) continue;
    met++;
    // A quarter of the way round: the rays up and down.
    if (ray % (RAYS / 2) !== RAYS / 4) continue;
    room += length;
    ends++;
  }
  return met >= RAYS_MET_MIN * RAYS && ends === 2 && inner.bottom - inner.top >= INSIDE_HEIGHT_MIN * room;
}

/** How far a ray goes until it meets a component; null where it does not. */
function lengthTo(
  { label, left, top, right, bottom }: Component,
  labels: Detail['labels'],
  width: number,
  { x, y, dx, dy }: { x: number; y: number; dx: number; dy: number },
): number | null {
  for (let length = 0; ; length++) {
    const column = Math.floor(x + dx * length);
    const row = Math.floor(y + dy * length);
    if (column < left || column >= right || row < top || row >= bottom) return null;
    if (labels[row * width + column] === label) return length;
  }
}
