import { DIGIT_BOX, DIGIT_PATHS } from '@inkqueue/shared/drawing/digit-paths';
import type { Point, Stroke } from '../state/sheet.ts';
import { SHEET_UNITS } from './stroke.ts';

/** Height of a sample on the sheet, and the distance between two of its points. */
const HEIGHT_UNITS = 180;
const STEP_UNITS = 4;

/** A handwritten digit in the middle of the sheet: one stroke. */
export function sampleStroke(digit: number): Stroke {
  const line = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  line.setAttribute('d', DIGIT_PATHS[digit]!);
  const scale = HEIGHT_UNITS / DIGIT_BOX.height;
  const left = (SHEET_UNITS - DIGIT_BOX.width * scale) / 2;
  const top = (SHEET_UNITS - HEIGHT_UNITS) / 2;
  const steps = Math.ceil((line.getTotalLength() * scale) / STEP_UNITS);
  const points = Array.from({ length: steps + 1 }, (_, step): Point => {
    const { x, y } = line.getPointAtLength((step * STEP_UNITS) / scale);
    return [left + x * scale, top + y * scale, 0.5];
  });
  return { points, pen: 'medium', pressed: false };
}
