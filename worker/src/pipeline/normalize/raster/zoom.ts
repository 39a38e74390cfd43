import { type Grid, longSide, type Region } from './grid.ts';
import { floats } from './scratch.ts';

/** A digit smaller than this in the overview is looked at again from closer up. */
const sideMin = 24;
/** How large it should be then, in pixels. */
const sideWanted = 40;

/** A part of the picture at another reduction. */
export interface Zoom {
  region: Region;
  factor: number;
}

/** Where to look again for a digit that is small in the overview; null where that would show no more. */
export function closerLook(
  bounds: Region,
  factor: number,
  picture: { width: number; height: number },
): Zoom | null {
  const side = longSide(bounds) * factor;
  if (longSide(bounds) >= sideMin) return null;
  const closer = Math.max(1, Math.round(side / sideWanted));
  if (closer >= factor) return null;
  const margin = Math.ceil(0.25 * side) + 2 * factor;
  const region = {
    left: Math.max(0, bounds.left * factor - margin),
    top: Math.max(0, bounds.top * factor - margin),
    right: Math.min(picture.width, bounds.right * factor + margin),
    bottom: Math.min(picture.height, bounds.bottom * factor + margin),
  };
  return { region, factor: closer };
}

/** Reads an overview grid at the pixels of a closer look, bilinearly. */
export function magnify(
  overview: Grid,
  factor: number,
  zoom: Zoom,
  size: { width: number; height: number },
): Grid {
  const { width, height } = size;
  const columns = positions(zoom.region.left / factor, zoom.factor / factor, {
    count: width,
    limit: overview.width,
  });
  const rows = positions(zoom.region.top / factor, zoom.factor / factor, {
    count: height,
    limit: overview.height,
  });
  const source = overview.values;
  const values = floats(width * height);
  for (let y = 0, i = 0; y < height; y++) {
    const fromY = Math.floor(rows[y]!);
    const shareY = rows[y]! - fromY;
    const upper = fromY * overview.width;
    const lower = Math.min(overview.height - 1, fromY + 1) * overview.width;
    for (let x = 0; x < width; x++, i++) {
      const left = Math.floor(columns[x]!);
      const share = columns[x]! - left;
      const right = Math.min(overview.width - 1, left + 1);
      const above = source[upper + left]! * (1 - share) + source[upper + right]! * share;
      const below = source[lower + left]! * (1 - share) + source[lower + right]! * share;
      values[i] = above * (1 - shareY) + below * shareY;
    }
  }
  return { values, width, height };
}

/** Pixel centres of the closer look in the overview's indices. */
function positions(
  start: number,
  scale: number,
  { count, limit }: { count: number; limit: number },
): Float32Array {
  const at = floats(count);
  for (let i = 0; i < count; i++) at[i] = Math.max(0, Math.min(limit - 1, start + (i + 0.5) * scale - 0.5));
  return at;
}
