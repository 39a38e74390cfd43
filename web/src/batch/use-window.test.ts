import { describe, expect, it } from 'vitest';
import { windowAt } from './use-window.ts';

const at = (top: number, count = 1000, columns = 4) =>
  windowAt({ count, columns, rowPixels: 100, top, viewPixels: 700 });

describe('the part of a list that is in the document', () => {
  it('holds what is in view, with spare rows around it', () => {
    expect(at(200)).toEqual({ columns: 4, rows: 250, from: 0, to: 48 });
    const { from, to } = at(-10_050);
    expect(from / 4).toBeLessThanOrEqual(100 - 6);
    expect(to / 4).toBeGreaterThanOrEqual(108 + 6);
    expect(to - from).toBeLessThan(120);
  });

  it('stays the same over small steps', () => {
    expect(at(-10_250)).toEqual(at(-10_310));
  });

  it('ends with the list, whole or empty', () => {
    expect(at(-24_500)).toMatchObject({ rows: 250, to: 1000 });
    expect(at(0, 3)).toEqual({ columns: 4, rows: 1, from: 0, to: 3 });
    expect(at(0, 0)).toEqual({ columns: 4, rows: 0, from: 0, to: 0 });
    // A list that is scrolled far and gets short.
    expect(at(-50_000, 10)).toMatchObject({ from: 10, to: 10 });
  });
});
