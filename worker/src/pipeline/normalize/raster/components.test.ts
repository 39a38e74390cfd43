import { expect, it } from 'vitest';
import { labelComponents } from './components.ts';

function grid(rows: string[]) {
  return {
    values: Float32Array.from(rows.join(''), (c) => (c === '#' ? 10 : c === '+' ? 3 : 0)),
    width: rows[0].length,
    height: rows.length,
  };
}

it('joins what touches, across corners too, and measures it', () => {
  const { labels, components } = labelComponents(grid(['#.#..', '#.#.#', '.#..#', '+...#']), 5);
  expect(components).toHaveLength(2);
  expect(components[0]).toMatchObject({ left: 0, top: 0, right: 3, bottom: 3, area: 5, mass: 50 });
  expect(components[1]).toMatchObject({ left: 4, top: 1, right: 5, bottom: 4, area: 3, mass: 30 });
  expect(labels[0]).toBe(labels[2]);
  expect(labels[15]).toBe(0);
});

it('finds none on a blank grid', () => expect(labelComponents(grid(['....']), 5).components).toEqual([]));
