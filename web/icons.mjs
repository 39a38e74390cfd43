// `npm run icons`: makes the page's icons as an installed app of its favicon. Their PNGs are kept with the sources: a build has no sharp.
import { readFile, writeFile } from 'node:fs/promises';
import sharp from 'sharp';

const PUBLIC = new URL('./public/', import.meta.url);
const favicon = await readFile(new URL('favicon.svg', PUBLIC), 'utf8');
// The system cuts these to its own shape: no round corners, and the digit lies in the safe middle already.
const square = favicon.replace(/ rx="\d+"/, '');

for (const [name, svg, side] of [
  ['icon-192.png', favicon, 192],
  ['icon-512.png', favicon, 512],
  ['icon-maskable-512.png', square, 512],
  ['apple-touch-icon.png', square, 180],
]) {
  const drawn = sharp(Buffer.from(svg), { density: (72 * side) / 32 }).resize(side, side);
  await writeFile(new URL(name, PUBLIC), await drawn.png({ compressionLevel: 9, palette: true }).toBuffer());
}
