import type { PenWidth, Sheet, SheetEvent } from '../state/sheet.ts';
import { texts } from '../texts/texts.ts';
import { PEN_DIAMETERS_UNITS, SHEET_UNITS } from './stroke.ts';
import { ToolIcon } from './tool-icons.tsx';

const PENS: readonly PenWidth[] = ['fine', 'medium', 'broad'];

/** Undo, redo, clear, the pen's width and the eraser: each always in its place. */
export function Tools(props: { sheet: Sheet; onEvent: (event: SheetEvent) => void }) {
  const { sheet, onEvent } = props;
  return (
    <div className="tools" role="toolbar" aria-label={texts.tools}>
      <button
        type="button"
        className="button button-icon"
        aria-label={texts.undo}
        title={texts.undo}
        disabled={sheet.past.length === 0}
        onClick={() => onEvent({ type: 'undo' })}
      >
        <ToolIcon name="undo" />
      </button>
      <button
        type="button"
        className="button button-icon"
        aria-label={texts.redo}
        title={texts.redo}
        disabled={sheet.future.length === 0}
        onClick={() => onEvent({ type: 'redo' })}
      >
        <ToolIcon name="redo" />
      </button>
      <button
        type="button"
        className="button"
        disabled={sheet.strokes.length === 0}
        onClick={() => onEvent({ type: 'clear' })}
      >
        {texts.clear}
      </button>
      <fieldset className="pens">
        <legend className="visually-hidden">{texts.penWidth}</legend>
        {PENS.map((pen) => (
          <label key={pen} className="pen" title={texts.pens[pen]}>
            <input
              type="radio"
              name="pen"
              className="visually-hidden"
              checked={sheet.pen === pen && !sheet.erasing}
              onChange={() => onEvent({ type: 'pen', pen })}
            />
            <svg viewBox="0 0 40 40" className="pen-dot" aria-hidden="true">
              <circle cx="20" cy="20" r={(PEN_DIAMETERS_UNITS[pen] / SHEET_UNITS) * 120} />
            </svg>
            <span className="visually-hidden">{texts.pens[pen]}</span>
          </label>
        ))}
        <label className="pen" title={texts.eraser}>
          <input
            type="radio"
            name="pen"
            className="visually-hidden"
            checked={sheet.erasing}
            disabled={sheet.strokes.length === 0}
            onChange={() => onEvent({ type: 'eraser', on: true })}
          />
          <span className="pen-dot pen-eraser">
            <ToolIcon name="eraser" />
          </span>
          <span className="visually-hidden">{texts.eraser}</span>
        </label>
      </fieldset>
    </div>
  );
}
