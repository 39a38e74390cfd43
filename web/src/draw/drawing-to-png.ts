import { NoImageError } from '../state/prediction/failure.ts';
import type { Stroke } from '../state/sheet.ts';
import { exportedDiameters } from './exported-pen.ts';
import { SHEET_UNITS, strokeOutline } from './stroke.ts';

/** A pixel within this distance of black or white is one of the two; between them are the blurred edges of the ink. */
const TOLERANCE = 32;
/** Most of a drawing that its edges can be: noise is all edges. */
const EDGES_SHARE_MAX = 0.5;

/**
 * The drawing as a PNG of 280 × 280 pixels, black on white in light and dark mode alike. @throws NoImageError when the
 * browser has altered the image, as a protection against fingerprinting does
 */
export async function drawingToPng(strokes: readonly Stroke[]): Promise<Blob> {
  const canvas = createCanvas();
  const context = canvas.getContext('2d', { alpha: false })!;
  context.fillStyle = '#fff';
  context.fillRect(0, 0, SHEET_UNITS, SHEET_UNITS);
  context.fillStyle = '#000';
  const diameters = exportedDiameters(strokes);
  for (const [index, stroke] of strokes.entries())
    context.fill(strokeOutline(stroke, { diameter: diameters[index]! }));
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (blob && (await showsInk(blob))) return blob;
  throw new NoImageError('altered-drawing');
}

/** Whether the image shows black ink on white paper, whatever its shape. */
async function showsInk(image: Blob): Promise<boolean> {
  const context = createCanvas().getContext('2d', { willReadFrequently: true })!;
  context.drawImage(await createImageBitmap(image), 0, 0);
  const { data } = context.getImageData(0, 0, SHEET_UNITS, SHEET_UNITS);
  let [ink, edges] = [0, 0];
  for (let at = 0; at < data.length; at += 4) {
    const [darkest, lightest] = [
      Math.min(data[at]!, data[at + 1]!, data[at + 2]!),
      Math.max(data[at]!, data[at + 1]!, data[at + 2]!),
    ];
    if (lightest <= TOLERANCE && data[at + 3] === 255) ink += 1;
    else if (darkest < 255 - TOLERANCE) edges += 1;
  }
  const all = data.length / 4;
  return ink > 0 && ink < all && edges < EDGES_SHARE_MAX * all;
}

function createCanvas(): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = SHEET_UNITS;
  canvas.height = SHEET_UNITS;
  return canvas;
}
