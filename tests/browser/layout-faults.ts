import { setTimeout as delay } from 'node:timers/promises';

/** A page comes to rest within a second. */
const LOOKS_MAX = 10;
const LOOK_MS = 100;

/**
 * What lies on pictures on purpose: the boxes around digits, the invitation on the sheet, the map over what the network saw; the
 * bars' buttons; and buttons in the corners of cards and at the sides of an opened picture. */
export const ON_PICTURES = '.boxes, .box, .invitation, .why-overlay, .bar-pick, .card-remove, .viewer-step';

/**
 * What is wrong with the layout of the page as it stands, in short lines: what lies beyond its left or right edge, pictures that reach out
 * of their frames, text that is cut off, and texts or controls that lie on one another.
 *
 * It runs in the page, in any browser: it uses nothing from outside itself. What lies on a picture on purpose (the boxes around digits) is
 * named by `onPictures`, a selector.
 */
export function layoutFaults(onPictures: string): string[] {
  /** Up to this many pixels are rounding. */
  const ROUNDING = 1;
  const faults: string[] = [];
  const width = document.documentElement.clientWidth;

  function isShown(element: Element): boolean {
    if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return false;
    for (let at: Element | null = element; at; at = at.parentElement) {
      const { clipPath, position, width, height } = getComputedStyle(at);
      // What only screen readers get, and links that come into view once they have the focus.
      const isTiny = Number.parseFloat(width) <= 1 && Number.parseFloat(height) <= 1;
      if (clipPath === 'inset(50%)' || (position === 'absolute' && isTiny)) return false;
    }
    const { width: across, height: down } = element.getBoundingClientRect();
    return across > 0 && down > 0;
  }

  /** The part of a rectangle that its ancestors' overflow leaves; null where nothing is left. */
  function visible(element: Element, rect: DOMRect): DOMRect | null {
    let { left, top, right, bottom } = rect;
    for (let at = element.parentElement; at && at !== document.body; at = at.parentElement) {
      if (getComputedStyle(at).overflow === 'visible') continue;
      const frame = at.getBoundingClientRect();
      left = Math.max(left, frame.left);
      top = Math.max(top, frame.top);
      right = Math.min(right, frame.right);
      bottom = Math.min(bottom, frame.bottom);
    }
    return right - left > 0 && bottom - top > 0 ? new DOMRect(left, top, right - left, bottom - top) : null;
  }

  function isFixed(element: Element): boolean {
    for (let at: Element | null = element; at; at = at.parentElement)
      if (['fixed', 'sticky'].includes(getComputedStyle(at).position)) return true;
    return false;
  }

  function name(element: Element): string {
    const words = (element.textContent ?? '').trim().replace(/\s+/g, ' ').slice(0, 24);
    const kind = element.getAttribute('class') ?? '';
    return `${element.localName}${kind && `.${kind.split(' ')[0]}`}${words && ` “${words}”`}`;
  }

  const text = (element: Element) =>
    [...element.childNodes].filter(
      ({ nodeType, data = '' }: ChildNode & { data?: string }) => nodeType === 3 && data.trim() !== '',
    );
  // Under a dialog the page is out of reach.
  const root = document.querySelector('dialog[open]') ?? document.body;
  const all = [...root.querySelectorAll('*')].filter(isShown);
  const pictures = all.filter((element) => element.matches('img, canvas'));
  // Of those that are text alone the text counts: around it lies room for a finger.
  const hasBox = (element: Element) => {
    const { borderTopWidth, backgroundColor } = getComputedStyle(element);
    return Number.parseFloat(borderTopWidth) > 0 || !/^(transparent|rgba\(.*, 0\))$/.test(backgroundColor);
  };
  const controls = all.filter(
    (element) => element.matches('button, input, select, summary, a[href]') && hasBox(element),
  );

  /** Rectangles of what people read or press. */
  const inked: { element: Element; rect: DOMRect }[] = [];
  for (const element of all) {
    if (element.closest('svg') || element.matches(onPictures) || element.closest(onPictures)) continue;
    for (const node of text(element)) {
      const range = document.createRange();
      range.selectNodeContents(node);
      for (const line of range.getClientRects()) {
        const rect = visible(element, line);
        if (rect) inked.push({ element, rect });
      }
    }
    const { overflowX, textOverflow } = getComputedStyle(element);
    const isCut =
      overflowX !== 'visible' &&
      overflowX !== 'auto' &&
      overflowX !== 'scroll' &&
      textOverflow !== 'ellipsis';
    if (isCut && text(element).length > 0 && element.scrollWidth > element.clientWidth + ROUNDING)
      faults.push(`cut off: ${name(element)}`);
  }
  for (const element of [...pictures, ...controls]) {
    if (element.closest(onPictures)) continue;
    const rect = visible(element, element.getBoundingClientRect());
    if (rect) inked.push({ element, rect });
  }

  for (const { element, rect } of inked)
    if (rect.left < -ROUNDING || rect.right > width + ROUNDING) faults.push(`off the side: ${name(element)}`);

  for (const picture of pictures) {
    const [inner, frame] = [picture.getBoundingClientRect(), picture.parentElement!.getBoundingClientRect()];
    const out = Math.max(
      frame.left - inner.left,
      frame.top - inner.top,
      inner.right - frame.right,
      inner.bottom - frame.bottom,
    );
    if (out > ROUNDING) faults.push(`out of its frame by ${Math.round(out)}: ${name(picture)}`);
  }

  for (const [at, one] of inked.entries()) {
    for (const other of inked.slice(at + 1)) {
      if (one.element.contains(other.element) || other.element.contains(one.element)) continue;
      if (isFixed(one.element) !== isFixed(other.element)) continue;
      const across = Math.min(one.rect.right, other.rect.right) - Math.max(one.rect.left, other.rect.left);
      const down = Math.min(one.rect.bottom, other.rect.bottom) - Math.max(one.rect.top, other.rect.top);
      // The boxes of lines are higher than their letters.
      if (across > 2 && down > 4) faults.push(`${name(one.element)} lies on ${name(other.element)}`);
    }
  }
  const across = document.documentElement.scrollWidth;
  if (across > width + ROUNDING) faults.push(`the page scrolls sideways: ${across}`);
  return [...new Set(faults)];
}

/**
 * The faults at each size, where there are any; none at a size once the page has come to rest there without one.
 *
 * @param resize makes the window as large as a screen
 * @param look finds the faults of now
 */
export async function faultsBySize(
  screens: readonly (readonly [number, number])[],
  resize: (width: number, height: number) => Promise<unknown>,
  look: () => Promise<string[]>,
): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {};
  for (const [width, height] of screens) {
    await resize(width, height);
    let faults: string[] = [];
    for (let looks = 0; looks < LOOKS_MAX; looks++) {
      await delay(LOOK_MS);
      faults = await look();
      if (faults.length === 0) break;
    }
    if (faults.length > 0) found[`${width} × ${height}`] = faults;
  }
  return found;
}
