/** Farther, in squared pixels, than any pixel lies from another. */
const FAR = 1e12;

/**
 * Euclidean distance of every pixel's centre to the nearest set pixel's centre, in pixels (Felzenszwalb and
 * Huttenlocher, "Distance Transforms of Sampled Functions").
 */
export function distanceTo(set: Uint8Array, width: number, height: number): Float32Array {
  const squared = new Float64Array(width * height);
  for (let i = 0; i < squared.length; i++) squared[i] = set[i] ? 0 : FAR;
  const longest = Math.max(width, height);
  const line = new Float64Array(longest);
  const scratch = { roots: new Int32Array(longest), bounds: new Float64Array(longest + 1) };
  for (let x = 0; x < width; x++) transformLine(squared, x, width, height, line, scratch);
  for (let y = 0; y < height; y++) transformLine(squared, y * width, 1, width, line, scratch);
  const distances = new Float32Array(squared.length);
  for (let i = 0; i < distances.length; i++) distances[i] = Math.sqrt(squared[i]!);
  return distances;
}

interface Scratch {
  roots: Int32Array;
  bounds: Float64Array;
}

/** The lower envelope of one parabola per sample, along one row or column. */
function transformLine(
  values: Float64Array,
  start: number,
  step: number,
  n: number,
  line: Float64Array,
  { roots, bounds }: Scratch,
): void {
  for (let i = 0; i < n; i++) line[i] = values[start + i * step]!;
  let k = 0;
  roots[0] = 0;
  bounds[0] = -FAR;
  bounds[1] = FAR;
  for (let q = 1; q < n; q++) {
    let crossing = meet(line, roots[k]!, q);
    while (k > 0 && crossing <= bounds[k]!) {
      k--;
      crossing = meet(line, roots[k]!, q);
    }
    k++;
    roots[k] = q;
    bounds[k] = crossing;
    bounds[k + 1] = FAR;
  }
  k = 0;
  for (let q = 0; q < n; q++) {
    while (bounds[k + 1]! < q) k++;
    const root = roots[k]!;
    values[start + q * step] = (q - root) * (q - root) + line[root]!;
  }
}

function meet(line: Float64Array, p: number, q: number): number {
  return (line[q]! + q * q - line[p]! - p * p) / (2 * (q - p));
}
