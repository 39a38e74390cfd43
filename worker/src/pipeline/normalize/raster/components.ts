import type { Grid } from './grid.ts';
import type { Region } from './region.ts';
import { integers, type Scratch } from './scratch.ts';

/** Connected pixels above a threshold. */
export interface Component extends Region {
  label: number;
  /** Pixels. */
  area: number;
  /** Sum of their values. */
  mass: number;
}

/** The label of each pixel (0 at or below the threshold), and the component of each label; labels start at 1. */
export interface Labelling {
  labels: Scratch<Int32Array>;
  components: Component[];
}

/** Labels the 8-connected pixels above a threshold. */
export function labelComponents(grid: Grid, threshold: number): Labelling {
  const { values, width, height } = grid;
  const labels = integers(width * height);
  const parents = [0];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      if (values[i] <= threshold) continue;
      const left = x > 0 ? labels[i - 1] : 0;
      const above = y > 0 ? labels[i - width] : 0;
      const aboveLeft = y > 0 && x > 0 ? labels[i - width - 1] : 0;
      const aboveRight = y > 0 && x + 1 < width ? labels[i - width + 1] : 0;
      let label = above || left || aboveLeft;
      if (aboveRight && !above) label = label ? join(parents, label, aboveRight) : aboveRight;
      if (!label) {
        label = parents.length;
        parents.push(label);
      }
      labels[i] = label;
    }
  }
  return { labels, components: measure(grid, labels, parents) };
}

/** The sum of all components' values. */
export function massOf(components: readonly Component[]): number {
  return components.reduce((sum, { mass }) => sum + mass, 0);
}

function root(parents: number[], label: number): number {
  let at = label;
  while (parents[at] !== at) at = parents[at];
  return at;
}

function join(parents: number[], a: number, b: number): number {
  const first = root(parents, a);
  const second = root(parents, b);
  const joined = Math.min(first, second);
  parents[first] = joined;
  parents[second] = joined;
  return joined;
}

function measure(
  { values, width, height }: Grid,
  labels: Scratch<Int32Array>,
  parents: number[],
): Component[] {
  const components: Component[] = [];
  const final = integers(parents.length);
  for (let label = 1; label < parents.length; label++) {
    const top = root(parents, label);
    if (top === label) {
      final[label] = components.length + 1;
      components.push({
        label: final[label],
        left: width,
        top: height,
        right: 0,
        bottom: 0,
        area: 0,
        mass: 0,
      });
    } else {
      final[label] = final[top];
    }
  }
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      if (!labels[i]) continue;
      const label = final[labels[i]];
      labels[i] = label;
      const component = components[label - 1];
      component.area++;
      component.mass += values[i];
      if (x < component.left) component.left = x;
      if (x >= component.right) component.right = x + 1;
      if (y < component.top) component.top = y;
      component.bottom = y + 1;
    }
  }
  return components;
}
