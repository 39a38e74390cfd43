import { isCloseCrop } from '../paper/close-crop.ts';
import { type Component, type Labelling, massOf } from '../raster/components.ts';
import type { Scratch } from '../raster/scratch.ts';
import { areCovered, sidesOf } from '../raster/sides.ts';

/** What counts as lying along a whole side of the grid, as a share of that side. */
const WHOLE_SIDE = 0.95;
/** What counts as lying in a corner, as a share of a side: at least this on each of the two sides, … */
const CORNER_SIDE_MIN = 0.02;
/** … and more than this on both together. */
const CORNER_SUM_MIN = 0.3;
/** How much ink is left inside, as a share of what is taken for a frame: less than this, and the frame may be a 0. */
const INSIDE_MIN = 0.03;
/** A box is at least this large, as a share of the grid. */
const BOX_SIDE_MIN = 0.5;
/** A box's sides lie within a band this wide, as a share of its long side, and at least this wide in pixels; … */
const BAND = { share: 0.08, pixelsMin: 2 };
/** … they are drawn over at least this share of their length, … */
const BAND_COVERED_MIN = 0.85;
/** … and less than this share of the box's pixels lies elsewhere. */
const MIDDLE_MAX = 0.1;

interface Size {
  width: number;
  height: number;
}

/**
 * Drops what frames the digit: lines and shadows along the edge, tables and dark corners beside the paper, and a box drawn
 * around the digit. A digit cut by the edge meets it only briefly and stays, as does ink that is all there is.
 */
export function dropFrames({ labels, components }: Labelling, size: Size): Component[] {
  if (isCloseCrop(size)) return components;
  const contacts = sideContacts(labels, components.length, size);
  const inside = components.filter((component) => !alongEdge(contacts[component.label], size));
  const unframed = massOf(inside) > INSIDE_MIN * massOf(components) ? inside : [...components];
  return unframed.filter((component) => !isBox(component, unframed, { labels, size }));
}

/** Pixels of a component on each side of the grid, in the order top, right, bottom, left. */
type Contacts = [number, number, number, number];

function sideContacts(labels: Scratch<Int32Array>, count: number, { width, height }: Size): Contacts[] {
  const contacts: Contacts[] = Array.from({ length: count + 1 }, () => [0, 0, 0, 0]);
  for (let x = 0; x < width; x++) {
    contacts[labels[x]][0]++;
    contacts[labels[(height - 1) * width + x]][2]++;
  }
  for (let y = 0; y < height; y++) {
    contacts[labels[y * width]][3]++;
    contacts[labels[y * width + width - 1]][1]++;
  }
  return contacts;
}

/** A whole side, or a corner with a good part of both its sides. */
function alongEdge(contacts: Contacts, { width, height }: Size): boolean {
  const shares = contacts.map((contact, side) => contact / (side % 2 === 0 ? width : height));
  return shares.some((share, side) => {
    const next = shares[(side + 1) % 4];
    const isCorner = share > CORNER_SIDE_MIN && next > CORNER_SIDE_MIN && share + next > CORNER_SUM_MIN;
    return share >= WHOLE_SIDE || isCorner;
  });
}

/** A large hollow rectangle with straight sides around other ink. */
function isBox(
  box: Component,
  others: Component[],
  { labels, size }: { labels: Scratch<Int32Array>; size: Size },
): boolean {
  const width = box.right - box.left;
  const height = box.bottom - box.top;
  if (width < BOX_SIDE_MIN * size.width || height < BOX_SIDE_MIN * size.height) return false;
  const inner = others.filter(
    (other) =>
      other !== box &&
      other.left > box.left &&
      other.right < box.right &&
      other.top > box.top &&
      other.bottom < box.bottom,
  );
  if (massOf(inner) < INSIDE_MIN * box.mass) return false;
  const band = Math.max(BAND.pixelsMin, Math.round(BAND.share * Math.max(width, height)));
  const isInk = (i: number) => labels[i] === box.label;
  if (!areCovered(sidesOf(box, size.width), { share: BAND_COVERED_MIN, band, isInk })) return false;
  let middle = 0;
  for (let y = box.top + band; y < box.bottom - band; y++)
    for (let x = box.left + band; x < box.right - band; x++) if (isInk(y * size.width + x)) middle++;
  return middle < MIDDLE_MAX * box.area;
}
