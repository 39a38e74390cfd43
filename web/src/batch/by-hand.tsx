import { useState } from 'react';
import type { BatchItem } from '../state/batch/batch.ts';
import { readingOf, textOf } from '../state/batch/standing.ts';
import { texts } from '../texts/texts.ts';

const DIGITS = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
/** As the service reads a picture for. */
const DIGITS_MAX = 64;

/** What a person says that a picture shows: a digit by one press, a number in a field, or none. */
export function ByHand({ item, onSet }: { item: BatchItem; onSet: (text: string | null) => void }) {
  const { viewer, noDigit } = texts.batchPlace;
  const text = textOf(item);
  /** Of which picture it is, and of what it shows: a draft for another is void. The elements stay, and the focus on them. */
  const key = `${item.key} ${text}`;
  const [draft, setDraft] = useState<{ key: string; typed: string } | null>(null);
  const number = text === null || text.length === 1 ? '' : texts.inOneLine(text);
  const typed = draft?.key === key ? draft.typed : number;
  const reading = readingOf(item);
  return (
    <fieldset className="by-hand">
      <legend className="by-hand-question">{viewer.question}</legend>
      <div className="by-hand-keys">
        {DIGITS.map((digit) => (
          <button
            key={digit}
            type="button"
            className="by-hand-key"
            aria-label={viewer.keys(digit)}
            aria-pressed={text === String(digit)}
            onClick={() => onSet(String(digit))}
          >
            {digit}
          </button>
        ))}
      </div>
      <div className="by-hand-others">
        <button type="button" className="by-hand-key" aria-pressed={text === ''} onClick={() => onSet('')}>
          {noDigit}
        </button>
        <form
          className="by-hand-number"
          onSubmit={(event) => {
            event.preventDefault();
            const lines = typed.split('/').map((line) => line.replaceAll(/\s/g, ''));
            if (lines.every((line) => /^[0-9]+$/.test(line))) onSet(lines.join('\n'));
          }}
        >
          <input
            type="text"
            className="history-search"
            inputMode="numeric"
            pattern="[0-9\s\/]+"
            maxLength={2 * DIGITS_MAX}
            aria-label={viewer.number}
            placeholder={viewer.number}
            value={typed}
            onChange={(event) => setDraft({ key, typed: event.target.value })}
          />
        </form>
      </div>
      <p className="by-hand-note">
        {item.byHand === null ? (
          <span className="by-hand-hint">{viewer.hint}</span>
        ) : (
          <>
            {item.fedBack === item.byHand && <span>{viewer.feedback}</span>}{' '}
            <button
              type="button"
              className="text-button"
              onClick={(event) => {
                // The button goes; the dialog keeps the focus, and with it hears the keys.
                event.currentTarget.closest('dialog')?.focus();
                onSet(null);
              }}
            >
              {reading ? viewer.undo : viewer.undoNone}
            </button>
          </>
        )}
      </p>
    </fieldset>
  );
}
