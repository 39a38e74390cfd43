import type { Random } from '../random.ts';

/** Ruled or squared paper. Adds darkness, 0…1, to `marks`. */
export function drawRules(marks: Float32Array, width: number, height: number, random: Random): void {
  const gap = random.uniform(0.12, 0.45) * Math.min(width, height);
  const dark = random.uniform(0.06, 0.28);
  const half = random.uniform(0.4, 1.2);
  const start = random.uniform(0, gap);
  const lean = random.uniform(-0.04, 0.04);
  const squared = random.chance(0.35);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      const rows = fromLine(y + lean * x - start, gap);
      const columns = squared ? fromLine(x - lean * y - start, gap) : gap;
      if (Math.min(rows, columns) < half) marks[i] = marks[i]! + dark;
    }
  }
}

function fromLine(at: number, gap: number): number {
  const rest = ((at % gap) + gap) % gap;
  return Math.min(rest, gap - rest);
}

/** A box around the page, as on a form. */
export function drawFrame(marks: Float32Array, width: number, height: number, random: Random): void {
  const inset = random.uniform(0, 0.06) * Math.min(width, height);
  const thick = random.uniform(1, 3);
  const dark = random.uniform(0.2, 0.8);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      const depth = Math.min(x, y, width - 1 - x, height - 1 - y) - inset;
      if (depth >= 0 && depth < thick) marks[i] = dark;
    }
  }
}

/** A few dots of dirt. */
export function drawSpecks(marks: Float32Array, width: number, height: number, random: Random): void {
  for (let k = random.integer(1, 8); k > 0; k--) {
    const radius = random.uniform(0.3, 0.014 * Math.min(width, height) + 0.5);
    const cx = random.uniform(0, width);
    const cy = random.uniform(0, height);
    const dark = random.uniform(0.1, 0.7);
    for (let y = Math.max(0, Math.floor(cy - radius)); y <= Math.min(height - 1, cy + radius); y++) {
      for (let x = Math.max(0, Math.floor(cx - radius)); x <= Math.min(width - 1, cx + radius); x++) {
        if ((x - cx) ** 2 + (y - cy) ** 2 <= radius ** 2) marks[y * width + x] = dark;
      }
    }
  }
}
