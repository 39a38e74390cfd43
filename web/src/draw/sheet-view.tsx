import { type CSSProperties, useEffect, useEffectEvent, useId, useRef, useState } from 'react';
import type { Sheet } from '../state/sheet.ts';
import { texts } from '../texts/texts.ts';
import { type KeyboardPenState, listenToKeys } from './keyboard-pen.ts';
import { listenToPen } from './pen.ts';
import { SHEET_UNITS, type Stroke } from './stroke.ts';
import { createSurface, type Surface } from './surface.ts';

/**
 * The squared sheet to draw on. `onInk` hears what is drawn at every movement of the pen, `onStroke` each stroke once
 * it is finished.
 */
export function SheetView(props: {
  sheet: Sheet;
  onInk: (strokes: readonly Stroke[]) => void;
  onStroke: (stroke: Stroke) => void;
}) {
  const { strokes, pen } = props.sheet;
  const root = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const surface = useRef<Surface | null>(null);
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
    const painted = createSurface(canvas.current!);
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
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the sheet is drawn on with the keyboard, too
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
