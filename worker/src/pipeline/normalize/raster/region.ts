/** A rectangle of whole pixels; `right` and `bottom` lie outside it. */
export interface Region {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

export function longSide({ left, top, right, bottom }: Region): number {
  return Math.max(right - left, bottom - top);
}

/** Widens `bounds` so that it holds a region. */
export function include(bounds: Region, { left, top, right, bottom }: Region): void {
  bounds.left = Math.min(bounds.left, left);
  bounds.top = Math.min(bounds.top, top);
  bounds.right = Math.max(bounds.right, right);
  bounds.bottom = Math.max(bounds.bottom, bottom);
}

/** The smallest region that holds all the given ones. */
export function boundsOf(regions: readonly Region[]): Region {
  const bounds = { left: Infinity, top: Infinity, right: 0, bottom: 0 };
  for (const region of regions) include(bounds, region);
  return bounds;
}

export function overlap(a: Region, b: Region): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}
