import type { Region } from './grid.ts';
import { integers } from './scratch.ts';

/** Connected ink. */
export interface Component extends Region {
  label: number;
  /** Pixels. */
  area: number;
  /** Sum of the ink in it. */
  mass: number;
}

/** Labels of a grid's pixels (0 where there is no ink) and what each label holds; labels start at 1. */
export interface Labelling {
  labels: Int32Array;
  components: Component[];
}

/** Labels the 8-connected pixels above a threshold. */
export function labelComponents(
  { values, width, height }: { values: Float32Array; width: number; height: number },
  threshold: number,
): Labelling {
  const labels = integers(width * height);
  const parents = [0];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      if (values[i]! <= threshold) continue;
      const left = x > 0 ? labels[i - 1]! : 0;
      const above = y > 0 ? labels[i - width]! : 0;
      const aboveLeft = y > 0 && x > 0 ? labels[i - width - 1]! : 0;
      const aboveRight = y > 0 && x + 1 < width ? labels[i - width + 1]! : 0;
      let label = above || left || aboveLeft;
      if (aboveRight && !above) label = label ? join(parents, label, aboveRight) : aboveRight;
      if (!label) {
        label = parents.length;
        parents.push(label);
      }
      labels[i] = label;
    }
  }
  return { labels, components: measure({ values, width, height }, labels, parents) };
}

function root(parents: number[], label: number): number {
  let at = label;
  while (parents[at] !== at) at = parents[at]!;
  return at;
}

function join(parents: number[], a: number, b: number): number {
  const first = root(parents, a);
  const second = root(parents, b);
  const kept = Math.min(first, second);
  parents[first] = kept;
  parents[second] = kept;
  return kept;
}

function measure(
  { values, width, height }: { values: Float32Array; width: number; height: number },
  labels: Int32Array,
  parents: number[],
): Component[] {
  const components: Component[] = [];
  const final = integers(parents.length);
  for (let label = 1; label < parents.length; label++) {
    const top = root(parents, label);
    if (top === label) {
      final[label] = components.length + 1;
      components.push({
        label: final[label]!,
        left: width,
        top: height,
        right: 0,
        bottom: 0,
        area: 0,
        mass: 0,
      });
    } else {
      final[label] = final[top]!;
    }
  }
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      if (!labels[i]) continue;
      const label = final[labels[i]!]!;
      labels[i] = label;
      const component = components[label - 1]!;
      component.area++;
      component.mass += values[i]!;
      if (x < component.left) component.left = x;
      if (x >= component.right) component.right = x + 1;
      if (y < component.top) component.top = y;
      component.bottom = y + 1;
    }
  }
  return components;
}
