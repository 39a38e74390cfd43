import type { Stroke } from '../state/sheet.ts';
import { SHEET_UNITS, strokeOutline } from './stroke.ts';

/** The drawing as a PNG of 280 × 280 pixels, black on white in light and dark mode alike. */
export async function drawingToPng(strokes: readonly Stroke[]): Promise<Blob> {
  const canvas = document.createElement('canvas');
  canvas.width = SHEET_UNITS;
  canvas.height = SHEET_UNITS;
  const context = canvas.getContext('2d', { alpha: false })!;
  context.fillStyle = '#fff';
  context.fillRect(0, 0, SHEET_UNITS, SHEET_UNITS);
  context.fillStyle = '#000';
  for (const stroke of strokes) context.fill(strokeOutline(stroke));
  return new Promise((resolve, reject) => {
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new Error('The canvas returned no PNG'))),
      'image/png',
    );
  });
}
