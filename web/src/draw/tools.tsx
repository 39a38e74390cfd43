import type { PenWidth, Sheet, SheetEvent } from '../state/sheet.ts';
import { texts } from '../texts/texts.ts';
import { PEN_DIAMETERS_UNITS, SHEET_UNITS } from './stroke.ts';

const PENS: readonly PenWidth[] = ['fine', 'medium', 'broad'];

/** Undo, clear and the pen's width; on an empty sheet a sample for people who would rather watch. */
export function Tools(props: { sheet: Sheet; onEvent: (event: SheetEvent) => void; onSample: () => void }) {
  const { sheet, onEvent } = props;
  const empty = sheet.strokes.length === 0;
  return (
    <div className="tools" role="toolbar" aria-label={texts.tools}>
      <button
        type="button"
        className="button"
        disabled={sheet.past.length === 0}
        onClick={() => onEvent({ type: 'undo' })}
      >
        {texts.undo}
      </button>
      {empty ? (
        <button type="button" className="button" title={texts.sampleHint} onClick={props.onSample}>
          {texts.sample}
        </button>
      ) : (
        <button type="button" className="button" onClick={() => onEvent({ type: 'clear' })}>
          {texts.clear}
        </button>
      )}
      <fieldset className="pens">
        <legend className="visually-hidden">{texts.penWidth}</legend>
        {PENS.map((pen) => (
          <label key={pen} className="pen" title={texts.pens[pen]}>
            <input
              type="radio"
              name="pen"
              className="visually-hidden"
              checked={sheet.pen === pen}
              onChange={() => onEvent({ type: 'pen', pen })}
            />
            <svg viewBox="0 0 40 40" className="pen-dot" aria-hidden="true">
              <circle cx="20" cy="20" r={(PEN_DIAMETERS_UNITS[pen] / SHEET_UNITS) * 120} />
            </svg>
            <span className="visually-hidden">{texts.pens[pen]}</span>
          </label>
        ))}
      </fieldset>
    </div>
  );
}
