import type { Component, Labelling } from '../raster/components.ts';
import { closeCropSide } from '../raster/grid.ts';

/** What counts as lying along the edge of a picture's side, as a share of that side. */
const wholeSide = 0.95;
/** How much ink must be left, as a share of what is taken for a frame. */
const leftMin = 0.03;

interface Size {
  width: number;
  height: number;
}

/**
 * Drops what frames the digit: lines and shadows along the picture's edge, tables and dark corners beside the paper,
 * and a box drawn around the digit. A digit cut by the edge meets it only briefly and stays, as does ink that is all there is.
 */
export function dropFrames({ labels, components }: Labelling, size: Size): Component[] {
  if (Math.max(size.width, size.height) <= closeCropSide) return components;
  const contacts = sideContacts(labels, components.length, size);
  const inside = components.filter((component) => !alongEdge(contacts[component.label]!, size));
  const kept = massOf(inside) > leftMin * massOf(components) ? inside : [...components];
  return kept.filter((component) => !isBox(component, kept, { labels, size }));
}

function massOf(components: Component[]): number {
  return components.reduce((sum, { mass }) => sum + mass, 0);
}

/** Pixels of a component on each side of the picture, in the order top, right, bottom, left. */
type Contacts = [number, number, number, number];

function sideContacts(labels: Int32Array, count: number, { width, height }: Size): Contacts[] {
  const contacts: Contacts[] = Array.from({ length: count + 1 }, () => [0, 0, 0, 0]);
  for (let x = 0; x < width; x++) {
    contacts[labels[x]!]![0]++;
    contacts[labels[(height - 1) * width + x]!]![2]++;
  }
  for (let y = 0; y < height; y++) {
    contacts[labels[y * width]!]![3]++;
    contacts[labels[y * width + width - 1]!]![1]++;
  }
  return contacts;
}

/** A whole side, or a corner with a good part of both its sides. */
function alongEdge(contacts: Contacts, { width, height }: Size): boolean {
  const shares = contacts.map((contact, side) => contact / (side % 2 === 0 ? width : height));
  return shares.some((share, side) => {
    const next = shares[(side + 1) % 4]!;
    return share >= wholeSide || (share > 0.02 && next > 0.02 && share + next > 0.3);
  });
}

/** A large hollow rectangle with straight sides around other ink. */
function isBox(
  box: Component,
  others: Component[],
  { labels, size }: { labels: Int32Array; size: Size },
): boolean {
  const width = box.right - box.left;
  const height = box.bottom - box.top;
  if (width < 0.5 * size.width || height < 0.5 * size.height) return false;
  const inner = others.filter(
    (other) =>
      other !== box &&
      other.left > box.left &&
      other.right < box.right &&
      other.top > box.top &&
      other.bottom < box.bottom,
  );
  if (massOf(inner) < leftMin * box.mass) return false;
  const band = Math.max(2, Math.round(0.08 * Math.max(width, height)));
  const columns = [new Uint8Array(width), new Uint8Array(width)] as const;
  const rows = [new Uint8Array(height), new Uint8Array(height)] as const;
  let middle = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (labels[(y + box.top) * size.width + x + box.left] !== box.label) continue;
      const top = y < band;
      const bottom = y >= height - band;
      const left = x < band;
      const right = x >= width - band;
      if (top) columns[0][x] = 1;
      if (bottom) columns[1][x] = 1;
      if (left) rows[0][y] = 1;
      if (right) rows[1][y] = 1;
      if (!(top || bottom || left || right)) middle++;
    }
  }
  const covered = [...columns, ...rows].every(
    (side) => side.reduce((sum, hit) => sum + hit, 0) > 0.85 * side.length,
  );
  return covered && middle < 0.1 * box.area;
}
