/** How much of each pixel ink covers, 0…1, row by row. */
export interface Layer {
  coverage: Float32Array;
  width: number;
  height: number;
}

/** In pixels; `right` and `bottom` are exclusive. */
export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** A pixel is ink from this coverage on. */
export const INK = 0.5;

export function createLayer(width: number, height: number): Layer {
  const [w, h] = [Math.ceil(width), Math.ceil(height)];
  return { coverage: new Float32Array(w * h), width: w, height: h };
}

/** Adds the ink of `from` to `to`, moved by whole pixels; what lies outside of `to` is cut off. Returns its box. */
export function addLayer(to: Layer, from: Layer, at: { left: number; top: number }): Box {
  const [left, top] = [Math.round(at.left), Math.round(at.top)];
  const first = { x: Math.max(0, -left), y: Math.max(0, -top) };
  const last = { x: Math.min(from.width, to.width - left), y: Math.min(from.height, to.height - top) };
  for (let y = first.y; y < last.y; y++) {
    for (let x = first.x; x < last.x; x++) {
      const i = (y + top) * to.width + x + left;
      to.coverage[i] = Math.max(to.coverage[i]!, from.coverage[y * from.width + x]!);
    }
  }
  return { left, top, right: left + from.width, bottom: top + from.height };
}

/** The part of a layer that has ink. */
export function cropToInk(layer: Layer): Layer {
  const box = { left: layer.width, top: layer.height, right: 0, bottom: 0 };
  for (let y = 0, i = 0; y < layer.height; y++) {
    for (let x = 0; x < layer.width; x++, i++) {
      if (layer.coverage[i]! < 0.02) continue;
      box.left = Math.min(box.left, x);
      box.right = Math.max(box.right, x + 1);
      box.top = Math.min(box.top, y);
      box.bottom = Math.max(box.bottom, y + 1);
    }
  }
  const cropped = createLayer(Math.max(1, box.right - box.left), Math.max(1, box.bottom - box.top));
  addLayer(cropped, layer, { left: -box.left, top: -box.top });
  return cropped;
}

/** Two passes of a box in each direction, near enough to a Gaussian of `sigma` pixels. */
export function blurLayer(layer: Layer, sigma: number): Layer {
  const radius = sigma * 1.22;
  let { coverage } = layer;
  for (let pass = 0; pass < 2; pass++) {
    coverage = blurLines(coverage, {
      n: layer.width,
      step: 1,
      lines: layer.height,
      stride: layer.width,
      radius,
    });
    coverage = blurLines(coverage, {
      n: layer.height,
      step: layer.width,
      lines: layer.width,
      stride: 1,
      radius,
    });
  }
  return { ...layer, coverage };
}

/** A box of 2 · radius + 1 pixels, of which the outermost count in part. */
function blurLines(
  from: Float32Array,
  {
    n,
    step,
    lines,
    stride,
    radius,
  }: { n: number; step: number; lines: number; stride: number; radius: number },
): Float32Array {
  const out = new Float32Array(from.length);
  const whole = Math.floor(radius);
  const part = radius - whole;
  for (let line = 0; line < lines; line++) {
    const at = (i: number) => from[line * stride + Math.min(n - 1, Math.max(0, i)) * step]!;
    let sum = 0;
    for (let i = -whole; i <= whole; i++) sum += at(i);
    for (let i = 0; i < n; i++) {
      out[line * stride + i * step] =
        (sum + part * (at(i - whole - 1) + at(i + whole + 1))) / (2 * radius + 1);
      sum += at(i + whole + 1) - at(i - whole);
    }
  }
  return out;
}

/** How many pixels of ink each connected part of a drawing has. */
export function partSizes({ coverage, width }: Layer): number[] {
  const seen = Uint8Array.from(coverage, (value) => (value >= INK ? 0 : 1));
  const sizes: number[] = [];
  for (let start = 0; start < seen.length; start++) {
    if (seen[start]) continue;
    const open = [start];
    seen[start] = 1;
    let size = 0;
    for (let i = open.pop(); i !== undefined; i = open.pop()) {
      size++;
      const x = i % width;
      for (let dy = -1; dy <= 1; dy++) {
        for (let dx = -1; dx <= 1; dx++) {
          const next = i + dy * width + dx;
          if (x + dx < 0 || x + dx >= width || seen[next] !== 0) continue;
          seen[next] = 1;
          open.push(next);
        }
      }
    }
    sizes.push(size);
  }
  return sizes;
}
