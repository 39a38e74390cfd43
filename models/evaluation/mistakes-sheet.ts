import sharp, { type Sharp } from 'sharp';

export interface Mistake {
  digit: number;
  read: number;
  /** The network's 28×28 input, 0…255. */
  pixels: Uint8Array;
}

const columns = 10;
const tile = 84;
const caption = 22;
const gap = 8;
const cell = { width: tile + gap, height: tile + caption + gap };

/** Two digits that are taken for each other make one class, whichever way; the largest class comes first. */
export function groupMistakes(mistakes: Mistake[]): Mistake[][] {
  const classes = new Map<string, Mistake[]>();
  for (const mistake of mistakes) {
    const pair = [mistake.digit, mistake.read].sort().join();
    classes.set(pair, [...(classes.get(pair) ?? []), mistake]);
  }
  return [...classes.values()].sort((a, b) => b.length - a.length);
}

/** One picture of all mistakes by class, each three times as large as the network saw it, under “digit → read”. */
export async function drawSheet(mistakes: Mistake[]): Promise<Sharp> {
  const sorted = groupMistakes(mistakes).flat();
  const width = columns * cell.width + gap;
  const height = Math.ceil(sorted.length / columns) * cell.height + gap;
  const tiles = await Promise.all(sorted.map((mistake, i) => drawTile(mistake, i)));
  return sharp({ create: { width, height, channels: 3, background: '#ffffff' } })
    .composite(tiles.flat())
    .png({ palette: true });
}

async function drawTile({ digit, read, pixels }: Mistake, i: number) {
  const left = (i % columns) * cell.width + gap;
  const top = Math.floor(i / columns) * cell.height + gap;
  const input = await sharp(pixels, { raw: { width: 28, height: 28, channels: 1 } })
    .resize(tile, tile, { kernel: 'nearest' })
    .png()
    .toBuffer();
  // Text, not SVG: the decoder forbids sharp what users must not send.
  const text = `<span foreground="black">${digit} → ${read}</span>`;
  return [
    { input: { text: { text, font: 'sans 12', dpi: 96, rgba: true } }, left: left + 20, top },
    { input, left, top: top + caption },
  ];
}
