import { type CSSProperties, useEffect, useEffectEvent, useId, useRef, useState } from 'react';
import type { Sheet, Stroke } from '../state/sheet.ts';
import { texts } from '../texts/texts.ts';
import { type KeyboardPenState, listenToKeys } from './keyboard-pen.ts';
import { listenToPen } from './pen.ts';
import { createSheetCanvas, type SheetCanvas } from './sheet-canvas.ts';
import { SHEET_UNITS } from './stroke.ts';

/**
 * The squared sheet to draw on. `onInk` is called with the drawing at every movement of the pen, `onStroke` with each
 * finished stroke.
 */
export function SheetView(props: {
  sheet: Sheet;
  onInk: (strokes: readonly Stroke[]) => void;
  onStroke: (stroke: Stroke) => void;
}) {
  const { strokes, pen } = props.sheet;
  const root = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const surface = useRef<SheetCanvas | null>(null);
  const [keyboardPen, setKeyboardPen] = useState<KeyboardPenState | null>(null);
  const hint = useId();

  const width = useEffectEvent(() => pen);
  const moved = useEffectEvent((unfinished: Stroke | null) => {
    surface.current?.paint(strokes, unfinished);
    props.onInk(unfinished ? [...strokes, unfinished] : strokes);
  });
  const finished = useEffectEvent((stroke: Stroke) => props.onStroke(stroke));

  useEffect(() => {
    const element = root.current!;
    const painted = createSheetCanvas(canvas.current!);
    surface.current = painted;
    const endPen = listenToPen(element, () => width(), { moved, finished });
    const endKeys = listenToKeys(element, () => width(), { moved, finished, pen: setKeyboardPen });
    return () => {
      endPen();
      endKeys();
      painted.close();
    };
  }, []);

  useEffect(() => {
    surface.current?.paint(strokes, null);
  }, [strokes]);

  return (
    <div
      ref={root}
      className="sheet"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: people also draw on the sheet with the keyboard
      tabIndex={0}
      role="application"
      aria-label={texts.sheetLabel}
      aria-describedby={hint}
    >
      <canvas ref={canvas} className="sheet-canvas" />
      <p id={hint} className="visually-hidden">
        {texts.sheetHint}
      </p>
      {keyboardPen && (
        <span
          className="sheet-pen"
          data-down={keyboardPen.down}
          style={{ '--x': keyboardPen.x / SHEET_UNITS, '--y': keyboardPen.y / SHEET_UNITS } as CSSProperties}
        />
      )}
      <p className="visually-hidden" role="status">
        {keyboardPen && (keyboardPen.down ? texts.penDown : texts.penUp)}
      </p>
    </div>
  );
}
