import { isCloseCrop } from '../paper/close-crop.ts';
import type { Region } from '../raster/region.ts';

/** On the other side of a digit that the edge cuts off there is this much room, as a share of its height: a tight crop has none. */
const ROOM_MIN = 0.25;

/** Whether an edge of the picture cuts a digit off, so that nobody can say what the whole digit is. */
export function isCutByEdge(
  { left, top, right, bottom }: Region,
  { width, height }: { width: number; height: number },
): boolean {
  if (isCloseCrop({ width, height })) return false;
  const room = ROOM_MIN * (bottom - top);
  const margins = [
    [left, width - right],
    [top, height - bottom],
  ] as const;
  return margins.some(([before, after]) => Math.min(before, after) <= 0 && Math.max(before, after) >= room);
}
