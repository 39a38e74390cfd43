/** x and y in sheet units, pressure 0…1. */
export type Point = readonly [x: number, y: number, pressure: number];

export type PenWidth = 'fine' | 'medium' | 'broad';

export interface Stroke {
  points: readonly Point[];
  pen: PenWidth;
  /** Whether a pen measured the pressures; otherwise speed stands in for them. */
  pressed: boolean;
}

/** The drawing, its earlier versions, and the pen. */
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

export const EMPTY_SHEET: Sheet = { strokes: [], past: [], pen: 'medium' };

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

/** A sheet with these strokes, as if they had been drawn one after the other. */
export function restoredSheet(strokes: readonly Stroke[], pen: PenWidth): Sheet {
  return { strokes, past: strokes.map((_, index) => strokes.slice(0, index)).slice(-PAST_MAX), pen };
}
