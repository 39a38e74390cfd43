/** x and y in sheet units, pressure 0…1. */
export type Point = readonly [x: number, y: number, pressure: number];

export type PenWidth = 'fine' | 'medium' | 'broad';

export interface Stroke {
  points: readonly Point[];
  pen: PenWidth;
  /** Whether a pen measured the pressures; otherwise speed stands in for them. */
  pressed: boolean;
}

/** The drawing, its earlier and undone versions, and what the pointer does. */
export interface Sheet {
  strokes: readonly Stroke[];
  /** Earlier drawings, oldest first: clearing can be undone like a stroke. */
  past: readonly (readonly Stroke[])[];
  /** Undone drawings, the one to redo first at the end. */
  future: readonly (readonly Stroke[])[];
  pen: PenWidth;
  /** Whether the pen erases the strokes that it touches. An empty sheet always has a pen that writes. */
  erasing: boolean;
}

export type SheetEvent =
  | { type: 'stroke'; stroke: Stroke }
  /** The eraser has left these strokes. */
  | { type: 'erased'; strokes: readonly Stroke[] }
  | { type: 'undo' }
  | { type: 'redo' }
  | { type: 'clear' }
  | { type: 'sample'; stroke: Stroke }
  | { type: 'sample-grown'; stroke: Stroke }
  | { type: 'pen'; pen: PenWidth }
  | { type: 'eraser'; on: boolean };

const PAST_MAX = 100;

export const EMPTY_SHEET: Sheet = {
  strokes: [],
  past: [],
  future: [],
  pen: 'medium',
  erasing: false,
};

/** The sheet after `event`; the same object when nothing changes. */
export function nextSheet(sheet: Sheet, event: SheetEvent): Sheet {
  switch (event.type) {
    case 'stroke':
      return drawn(sheet, [...sheet.strokes, event.stroke]);
    case 'sample':
      return drawn(sheet, [event.stroke]);
    case 'sample-grown':
      return { ...sheet, strokes: [event.stroke] };
    case 'erased':
      return event.strokes.length === sheet.strokes.length ? sheet : drawn(sheet, event.strokes);
    case 'clear':
      return sheet.strokes.length === 0 ? sheet : drawn(sheet, []);
    case 'undo': {
      const before = sheet.past.at(-1);
      if (before === undefined) return sheet;
      const future = [...sheet.future, sheet.strokes];
      return withStrokes({ ...sheet, past: sheet.past.slice(0, -1), future }, before);
    }
    case 'redo': {
      const after = sheet.future.at(-1);
      if (after === undefined) return sheet;
      const past = [...sheet.past, sheet.strokes];
      return withStrokes({ ...sheet, past, future: sheet.future.slice(0, -1) }, after);
    }
    case 'pen':
      return { ...sheet, pen: event.pen, erasing: false };
    case 'eraser':
      return { ...sheet, erasing: event.on && sheet.strokes.length > 0 };
  }
}

function drawn(sheet: Sheet, strokes: readonly Stroke[]): Sheet {
  return withStrokes(
    { ...sheet, past: [...sheet.past, sheet.strokes].slice(-PAST_MAX), future: [] },
    strokes,
  );
}

function withStrokes(sheet: Sheet, strokes: readonly Stroke[]): Sheet {
  return { ...sheet, strokes, erasing: sheet.erasing && strokes.length > 0 };
}

/** A sheet with these strokes, as if they had been drawn one after the other. */
export function restoredSheet(strokes: readonly Stroke[], pen: PenWidth): Sheet {
  const past = strokes.map((_, index) => strokes.slice(0, index)).slice(-PAST_MAX);
  return { ...EMPTY_SHEET, strokes, past, pen };
}
