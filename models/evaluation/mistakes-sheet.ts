import sharp, { type Sharp } from 'sharp';

export interface Mistake {
  digit: number;
  predicted: number;
  /** The network's 28×28 input as ink, 0…255. */
  pixels: Uint8Array;
}

/** Tiles in a row. */
const COLUMNS = 10;
/** All in pixels: three times as large as the network's input. */
const TILE = 84;
const CAPTION = 22;
const GAP = 8;
const CELL = { width: TILE + GAP, height: TILE + CAPTION + GAP };

/** Two digits that are taken for each other make one class, in either direction; the largest class comes first. */
export function groupMistakes(mistakes: Mistake[]): Mistake[][] {
  const classes = new Map<string, Mistake[]>();
  for (const mistake of mistakes) {
    const pair = [mistake.digit, mistake.predicted].sort().join();
    classes.set(pair, [...(classes.get(pair) ?? []), mistake]);
  }
  return [...classes.values()].sort((a, b) => b.length - a.length);
}

/** Draws all mistakes by class, each as the network's input under “digit → predicted”. */
export async function drawSheet(mistakes: Mistake[]): Promise<Sharp> {
  const sorted = groupMistakes(mistakes).flat();
  const width = COLUMNS * CELL.width + GAP;
  const height = Math.ceil(sorted.length / COLUMNS) * CELL.height + GAP;
  const tiles = await Promise.all(sorted.map((mistake, i) => drawTile(mistake, i)));
  return sharp({ create: { width, height, channels: 3, background: '#ffffff' } })
    .composite(tiles.flat())
    .png({ palette: true });
}

async function drawTile({ digit, predicted, pixels }: Mistake, i: number) {
  const left = (i % COLUMNS) * CELL.width + GAP;
  const top = Math.floor(i / COLUMNS) * CELL.height + GAP;
  const input = await sharp(pixels, { raw: { width: 28, height: 28, channels: 1 } })
    .resize(TILE, TILE, { kernel: 'nearest' })
    .png()
    .toBuffer();
  // Text, not SVG: the decoder forbids sharp to load what clients must not send.
  const text = `<span foreground="black">${digit} → ${predicted}</span>`;
  return [
    { input: { text: { text, font: 'sans 12', dpi: 96, rgba: true } }, left: left + 20, top },
    { input, left, top: top + CAPTION },
  ];
}
