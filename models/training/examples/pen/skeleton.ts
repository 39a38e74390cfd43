/** Thins set pixels to lines one pixel wide (Zhang and Suen, "A fast parallel algorithm for thinning digital patterns"). */
export function thin(set: Uint8Array, width: number, height: number): Uint8Array {
  const pixels = Uint8Array.from(set);
  const around = [-width, 1 - width, 1, width + 1, width, width - 1, -1, -width - 1];
  let candidates: number[] = [];
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) if (pixels[y * width + x]) candidates.push(y * width + x);
  }
  for (let changed = true; changed; ) {
    changed = false;
    for (const pass of [0, 1]) {
      const removed = candidates.filter((i) => isRemovable(pixels, i, around, pass));
      for (const i of removed) pixels[i] = 0;
      if (removed.length > 0) {
        changed = true;
        candidates = candidates.filter((i) => pixels[i]);
      }
    }
  }
  return pixels;
}

function isRemovable(pixels: Uint8Array, i: number, around: number[], pass: number): boolean {
  let neighbours = 0;
  let rises = 0;
  for (let k = 0; k < 8; k++) {
    const here = pixels[i + around[k]!]!;
    neighbours += here;
    if (!here && pixels[i + around[(k + 1) & 7]!]) rises++;
  }
  if (neighbours < 2 || neighbours > 6 || rises !== 1) return false;
  const [n, , e, , s, , w] = around.map((offset) => pixels[i + offset]!);
  return pass === 0 ? !(n && e && s) && !(e && s && w) : !(n && e && w) && !(n && s && w);
}
