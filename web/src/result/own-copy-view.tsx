import { inWords, Spoken } from '../answer/announcer.tsx';
import type { HistoryEntry } from '../state/history-entry.ts';
import { pathOf } from '../state/place.ts';
import { texts } from '../texts/texts.ts';
import { sureness } from '../widgets/confidence.ts';
import { Digit } from '../widgets/digit.tsx';
import { ResultDesk } from './result-desk.tsx';

/** A result that the service has no more, as this browser's history kept it. */
export function OwnCopyView({ entry }: { entry: HistoryEntry }) {
  const { digit, source } = entry;
  return (
    <div className="page result">
      <ResultDesk preview={entry.preview} />
      <section className="answer" aria-label={texts.answer}>
        <h2 className="answer-of">{texts.result.title(new Date(entry.at))}</h2>
        <div className="verdict" data-uncertain={entry.uncertain}>
          <Digit digit={digit} className="verdict-digit" />
          <div className="verdict-words">
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
        <Spoken words={`${inWords(digit, entry)} ${texts.result.gone}`} />
      </section>
    </div>
  );
}
