import { type RefObject, useLayoutEffect, useState } from 'react';

/** Rows above and below those in view: a fast scroll shows no gap before the next frame. */
const SPARE_ROWS = 6;
/** The window moves in steps of so many rows, so that most scroll events change nothing. */
const STEP_ROWS = 3;

/** Which part of a long list is in the document. */
export interface ListWindow {
  columns: number;
  rows: number;
  /** Index of the first item, and of the one behind the last. */
  from: number;
  to: number;
}

/** The part of `count` items in a list `top` pixels below the window's upper edge that is in view, or nearly. */
export function windowAt(view: {
  count: number;
  columns: number;
  rowPixels: number;
  top: number;
  viewPixels: number;
}): ListWindow {
  const { count, columns, rowPixels, top, viewPixels } = view;
  const rows = Math.ceil(count / columns);
  const first = Math.floor(-top / rowPixels / STEP_ROWS) * STEP_ROWS - SPARE_ROWS;
  const last = Math.ceil((viewPixels - top) / rowPixels / STEP_ROWS) * STEP_ROWS + SPARE_ROWS;
  const from = Math.min(count, Math.max(0, first) * columns);
  return { columns, rows, from, to: Math.max(from, Math.min(count, last * columns)) };
}

/**
 * Keeps of a long list only what is in view in the document. The style of the list says how wide its columns are and how
 * high a row is (`column-width`, of a table none; `grid-auto-rows`).
 */
export function useWindow(list: RefObject<HTMLElement | null>, count: number): ListWindow {
  const [current, setCurrent] = useState<ListWindow>({ columns: 1, rows: count, from: 0, to: 0 });

  useLayoutEffect(() => {
    const element = list.current!;
    function update(): void {
      // Not the grid's own columns: browsers count those that cards of a wider window have added.
      const { columnWidth, gridAutoRows } = getComputedStyle(element);
      const across = Number.parseFloat(columnWidth) || element.clientWidth;
      const next = windowAt({
        count,
        columns: Math.max(1, Math.floor(element.clientWidth / across)),
        rowPixels: Number.parseFloat(gridAutoRows) || 100,
        top: element.getBoundingClientRect().top,
        viewPixels: innerHeight,
      });
      setCurrent((before) => (isSame(before, next) ? before : next));
    }
    update();
    const resized = new ResizeObserver(update);
    resized.observe(element);
    addEventListener('scroll', update, { passive: true });
    addEventListener('resize', update);
    return () => {
      resized.disconnect();
      removeEventListener('scroll', update);
      removeEventListener('resize', update);
    };
  }, [list, count]);

  return current;
}

function isSame(one: ListWindow, other: ListWindow): boolean {
  return (
    one.columns === other.columns && one.rows === other.rows && one.from === other.from && one.to === other.to
  );
}
