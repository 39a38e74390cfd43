import type { Grid } from './grid.ts';
import type { Region } from './region.ts';
import { floats, type Scratch } from './scratch.ts';

/** A part of a bitmap, reduced by a whole factor. */
export interface Zoom {
  region: Region;
  factor: number;
}

/**
 * Samples a grid of the whole bitmap, reduced by `factor`, at the pixels of a zoom, bilinearly.
 *
 * @param size of the zoom's grid
 */
export function magnify(
  grid: Grid,
  factor: number,
  zoom: Zoom,
  size: { width: number; height: number },
): Grid {
  const { width, height } = size;
  const columns = positions(zoom.region.left / factor, zoom.factor / factor, {
    count: width,
    limit: grid.width,
  });
  const rows = positions(zoom.region.top / factor, zoom.factor / factor, {
    count: height,
    limit: grid.height,
  });
  const source = grid.values;
  const values = floats(width * height);
  for (let y = 0, i = 0; y < height; y++) {
    const fromY = Math.floor(rows[y]);
    const shareY = rows[y] - fromY;
    const upper = fromY * grid.width;
    const lower = Math.min(grid.height - 1, fromY + 1) * grid.width;
    for (let x = 0; x < width; x++, i++) {
      const left = Math.floor(columns[x]);
      const share = columns[x] - left;
      const right = Math.min(grid.width - 1, left + 1);
      const above = source[upper + left] * (1 - share) + source[upper + right] * share;
      const below = source[lower + left] * (1 - share) + source[lower + right] * share;
      values[i] = above * (1 - shareY) + below * shareY;
    }
  }
  return { values, width, height };
}

/** The centres of the zoom's pixels along one side, in the grid's indices. */
function positions(
  start: number,
  scale: number,
  { count, limit }: { count: number; limit: number },
): Scratch<Float32Array> {
  const at = floats(count);
  for (let i = 0; i < count; i++) at[i] = Math.max(0, Math.min(limit - 1, start + (i + 0.5) * scale - 0.5));
  return at;
}
