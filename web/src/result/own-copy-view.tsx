import type { HistoryEntry } from '../state/history-entry.ts';
import { pathOf } from '../state/place.ts';
import { texts } from '../texts/texts.ts';
import { sureness } from '../widgets/confidence.ts';
import { resultInWords, Spoken } from '../widgets/spoken.tsx';
import { WrittenDigit } from '../widgets/written-digit.tsx';
import { ResultDesk } from './result-desk.tsx';

/** A result that the service has deleted, from this browser's history. */
export function OwnCopyView({ entry }: { entry: HistoryEntry }) {
  const { digit, source } = entry;
  return (
    <div className="page result">
      <ResultDesk networkInput={entry.preview} />
      <section className="answer" aria-label={texts.answer}>
        <h2 className="answer-of">{texts.result.title(new Date(entry.at))}</h2>
        <div className="verdict" data-uncertain={entry.uncertain}>
          <WrittenDigit digit={digit} className="verdict-digit" />
          <div className="verdict-words">
            <p className="visually-hidden">{digit}</p>
            <p className="verdict-sure">{texts.sure[sureness(entry)]}</p>
            <p className="verdict-percent">{texts.percent(entry.confidence)}</p>
            {entry.uncertain && <p className="verdict-hint">{texts.uncertain}</p>}
            {source.kind === 'file' && <p className="verdict-next own-copy-name">{source.name}</p>}
          </div>
        </div>
        <div className="own-copy">
          <p>{texts.result.gone}</p>
          <p className="own-copy-what">{texts.result.ownCopy}</p>
          <a className="button" href={pathOf({ name: 'history' })} data-place>
            {texts.historyLink}
          </a>
        </div>
        <Spoken words={`${resultInWords(digit, entry)} ${texts.result.gone}`} />
      </section>
    </div>
  );
}
