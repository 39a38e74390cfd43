import { type CSSProperties, useEffect, useEffectEvent, useId, useRef, useState } from 'react';
import type { Sheet, Stroke } from '../state/sheet.ts';
import { texts } from '../texts/texts.ts';
import { createEraser, type Eraser } from './eraser.ts';
import { Invitation } from './invitation.tsx';
import { type KeyboardPenState, listenToKeys } from './keyboard-pen.ts';
import { listenToPen } from './pen.ts';
import { createSheetCanvas, type SheetCanvas } from './sheet-canvas.ts';
import { SHEET_UNITS } from './stroke.ts';

/**
 * The squared sheet to draw on. `onInk` is called with the drawing at every movement of the pen, `onStroke` with each
 * finished stroke, `onErased` with what the eraser has left, `onEraser` when the keyboard takes the eraser or the pen,
 * `onSample` where people would rather watch. An invitation lies on the sheet until the first touch.
 */
export function SheetView(props: {
  sheet: Sheet;
  /** Whether the invitation plays: see {@link Invitation}. */
  plays: boolean;
  onSample: () => void;
  onInk: (strokes: readonly Stroke[]) => void;
  onStroke: (stroke: Stroke) => void;
  onErased: (strokes: readonly Stroke[]) => void;
  onEraser: (on: boolean) => void;
}) {
  const { strokes, pen, erasing } = props.sheet;
  const root = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const surface = useRef<SheetCanvas | null>(null);
  const eraser = useRef<Eraser | null>(null);
  const [keyboardPen, setKeyboardPen] = useState<KeyboardPenState | null>(null);
  const [isWriting, setWriting] = useState(false);
  const hint = useId();

  const width = useEffectEvent(() => pen);
  const moved = useEffectEvent((unfinished: Stroke | null) => {
    if (erasing) return erase(unfinished);
    surface.current?.paint(strokes, unfinished);
    setWriting(unfinished !== null);
    props.onInk(unfinished ? [...strokes, unfinished] : strokes);
  });
  const finished = useEffectEvent((stroke: Stroke) => {
    if (!erasing) {
      props.onStroke(stroke);
      setWriting(false);
      return;
    }
    erase(stroke);
    const left = eraser.current?.left() ?? strokes;
    eraser.current = null;
    props.onErased(left);
  });
  const toggle = useEffectEvent(() => props.onEraser(!erasing));

  function erase(path: Stroke | null) {
    const before = eraser.current?.left() ?? strokes;
    if (path) {
      eraser.current ??= createEraser(strokes);
      eraser.current.touch(path.points);
    } else {
      eraser.current = null;
    }
    const left = eraser.current?.left() ?? strokes;
    surface.current?.paint(left, null);
    if (left !== before) props.onInk(left);
  }

  function showSample(): void {
    // The focus would go with the invitation.
    root.current?.focus({ preventScroll: true });
    props.onSample();
  }

  useEffect(() => {
    const element = root.current!;
    const painted = createSheetCanvas(canvas.current!);
    surface.current = painted;
    const endPen = listenToPen(element, () => width(), { moved, finished });
    const endKeys = listenToKeys(element, () => width(), {
      moved,
      finished,
      pen: setKeyboardPen,
      toggle,
    });
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
    <>
      <div
        ref={root}
        className="sheet"
        data-erasing={erasing}
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
            style={
              { '--x': keyboardPen.x / SHEET_UNITS, '--y': keyboardPen.y / SHEET_UNITS } as CSSProperties
            }
          />
        )}
        <p className="visually-hidden" role="status">
          {keyboardPen && (keyboardPen.down ? texts.penDown : texts.penUp)}
        </p>
      </div>
      {strokes.length === 0 && !isWriting && <Invitation plays={props.plays} onSample={showSample} />}
    </>
  );
}
