import { DIGIT_BOX, digitPaths } from '../widgets/digit-paths.ts';
import { type Point, SHEET_UNITS, type Stroke } from './stroke.ts';

/** Height of a sample on the sheet, and the distance between two of its points, in sheet units. */
const HEIGHT = 180;
const STEP = 4;

/** A digit as a hand might draw it in the middle of the sheet: one stroke. */
export function sampleStroke(digit: number): Stroke {
  const line = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  line.setAttribute('d', digitPaths[digit]!);
  const scale = HEIGHT / DIGIT_BOX.height;
  const left = (SHEET_UNITS - DIGIT_BOX.width * scale) / 2;
  const top = (SHEET_UNITS - HEIGHT) / 2;
  const steps = Math.ceil((line.getTotalLength() * scale) / STEP);
  const points = Array.from({ length: steps + 1 }, (_, step): Point => {
    const { x, y } = line.getPointAtLength((step * STEP) / scale);
    return [left + x * scale, top + y * scale, 0.5];
  });
  return { points, pen: 'medium', pressed: false };
}
