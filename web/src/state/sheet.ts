import type { PenWidth, Stroke } from '../draw/stroke.ts';

/** What is drawn, what it was before, and the pen. */
export interface Sheet {
  strokes: readonly Stroke[];
  /** Earlier drawings, oldest first: clearing can be undone like a stroke. */
  past: readonly (readonly Stroke[])[];
  pen: PenWidth;
}

export type SheetEvent =
  | { type: 'stroke'; stroke: Stroke }
  | { type: 'undo' }
  | { type: 'clear' }
  | { type: 'sample'; stroke: Stroke }
  | { type: 'sample-grown'; stroke: Stroke }
  | { type: 'pen'; pen: PenWidth };

const PAST_MAX = 100;

export const emptySheet: Sheet = { strokes: [], past: [], pen: 'medium' };

/** The sheet after `event`; the same object when nothing changes. */
export function nextSheet(sheet: Sheet, event: SheetEvent): Sheet {
  switch (event.type) {
    case 'stroke':
      return drawn(sheet, [...sheet.strokes, event.stroke]);
    case 'sample':
      return drawn(sheet, [event.stroke]);
    case 'sample-grown':
      return { ...sheet, strokes: [event.stroke] };
    case 'clear':
      return sheet.strokes.length === 0 ? sheet : drawn(sheet, []);
    case 'undo': {
      const before = sheet.past.at(-1);
      return before === undefined ? sheet : { ...sheet, strokes: before, past: sheet.past.slice(0, -1) };
    }
    case 'pen':
      return { ...sheet, pen: event.pen };
  }
}

function drawn(sheet: Sheet, strokes: readonly Stroke[]): Sheet {
  return { ...sheet, strokes, past: [...sheet.past, sheet.strokes].slice(-PAST_MAX) };
}
