const SIDE = 28;
/** Ink from this value on counts. */
const INK_MIN = 64;
/** A straight stroke's extent across it, as a share of that along it, and how far it leans at most: sideways for each row. */
const STROKE_WIDTH_MAX = 0.26;
const STROKE_LEAN_MAX = 1;
/** Rays from the middle of what may be a ring, and the share of them that meet it. */
const RAYS = 24;
const RAYS_MET_MIN = 0.9;

/** Columns and rows of 28×28 ink that hold any. */
function extent(pixels: Uint8Array): { width: number; height: number } {
  const columns = new Uint8Array(SIDE);
  const rows = new Uint8Array(SIDE);
  for (let i = 0; i < pixels.length; i++) {
    if (pixels[i]! < INK_MIN) continue;
    columns[i % SIDE] = 1;
    rows[Math.floor(i / SIDE)] = 1;
  }
  const count = (set: Uint8Array) => set.reduce((a, b) => a + b, 0);
  return { width: count(columns), height: count(rows) };
}

/** Whether a row of digits is still a row: normalization may have cut it down to one digit. */
export function isRow(pixels: Uint8Array): boolean {
  const { width, height } = extent(pixels);
  return width > 1.5 * height;
}

/** An upright line is a one, whatever was drawn. */
export function isUpright(pixels: Uint8Array): boolean {
  const { width, height } = extent(pixels);
  return height > 2 * width;
}

/** Whether 28×28 ink that was not drawn as a digit is one all the same: a single stroke, or a ring. */
export function isDigitByChance(pixels: Uint8Array): boolean {
  return isStroke(pixels) || isRing(pixels);
}

/** Whether every ray from the middle of 28×28 ink meets ink once, and the corners are empty. */
function isRing(pixels: Uint8Array): boolean {
  const { x, y, left, right, top, bottom } = middleOf(pixels);
  const at = (column: number, row: number) => pixels[Math.round(row) * SIDE + Math.round(column)]! >= INK_MIN;
  const corners = [at(left, top), at(right, top), at(left, bottom), at(right, bottom)].filter((it) => it);
  if (corners.length > 1 || at(x, y)) return false;
  let met = 0;
  for (let ray = 0; ray < RAYS; ray++) {
    const [dx, dy] = [Math.cos((2 * Math.PI * ray) / RAYS), Math.sin((2 * Math.PI * ray) / RAYS)];
    let [runs, before] = [0, false];
    for (let step = 0; step < SIDE / 2 - 1; step += 0.5) {
      const [column, row] = [x + dx * step, y + dy * step];
      const here = column >= 0 && row >= 0 && column < SIDE - 0.5 && row < SIDE - 0.5 && at(column, row);
      if (here && !before) runs++;
      before = here;
    }
    if (runs === 1) met++;
  }
  return met >= RAYS_MET_MIN * RAYS;
}

/** Centre of mass and bounds. */
function middleOf(pixels: Uint8Array) {
  let [mass, x, y] = [0, 0, 0];
  const box = { left: SIDE, top: SIDE, right: 0, bottom: 0 };
  for (let i = 0; i < pixels.length; i++) {
    const [column, row] = [i % SIDE, Math.floor(i / SIDE)];
    mass += pixels[i]!;
    x += pixels[i]! * column;
    y += pixels[i]! * row;
    if (pixels[i]! < INK_MIN) continue;
    box.left = Math.min(box.left, column);
    box.right = Math.max(box.right, column);
    box.top = Math.min(box.top, row);
    box.bottom = Math.max(box.bottom, row);
  }
  return { x: x / mass, y: y / mass, ...box };
}

/** Whether 28×28 ink is a single stroke, upright or slanted, that may be a one. */
function isStroke(pixels: Uint8Array): boolean {
  if (isUpright(pixels)) return true;
  const { x: mx, y: my } = middleOf(pixels);
  let [xx, xy, yy] = [0, 0, 0];
  for (let i = 0; i < pixels.length; i++) {
    const [x, y] = [(i % SIDE) - mx, Math.floor(i / SIDE) - my];
    xx += pixels[i]! * x * x;
    xy += pixels[i]! * x * y;
    yy += pixels[i]! * y * y;
  }
  const middle = (xx + yy) / 2;
  const spread = Math.hypot((xx - yy) / 2, xy);
  const isThin = Math.sqrt(Math.max(0, middle - spread) / (middle + spread)) < STROKE_WIDTH_MAX;
  return isThin && xx <= STROKE_LEAN_MAX ** 2 * yy;
}
