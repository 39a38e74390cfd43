import type { Locator } from 'playwright-core';

/** Phones upright and sideways, a tablet, laptops: width and height in CSS pixels. */
export const SCREENS = [
  [320, 640],
  [390, 844],
  [667, 375],
  [768, 1024],
  [1280, 720],
  [1440, 900],
] as const;

/** In CSS pixels of the window. */
export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

export function boxOf(element: Locator): Promise<Box> {
  return element.evaluate((found) => {
    const { left, top, right, bottom } = found.getBoundingClientRect();
    return { left, top, right, bottom };
  });
}

/** Of all that the locator finds, at one moment. */
export function boxesOf(elements: Locator): Promise<Box[]> {
  return elements.evaluateAll((found) =>
    found.map((element) => {
      const { left, top, right, bottom } = element.getBoundingClientRect();
      return { left, top, right, bottom };
    }),
  );
}

/** How far `inner` reaches out of `outer`, in pixels: up to half of one is rounding. */
export function overhang(inner: Box, outer: Box): number {
  return Math.max(
    outer.left - inner.left,
    outer.top - inner.top,
    inner.right - outer.right,
    inner.bottom - outer.bottom,
  );
}

export function overlap(one: Box, other: Box): boolean {
  const width = Math.min(one.right, other.right) - Math.max(one.left, other.left);
  const height = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
  return width > 0.5 && height > 0.5;
}
