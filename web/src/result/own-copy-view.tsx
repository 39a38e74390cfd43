import type { HistoryEntry } from '../state/history-entry.ts';
import { pathOf } from '../state/place.ts';
import { isNumber } from '../state/prediction/read-number.ts';
import { texts } from '../texts/texts.ts';
import { AnswerHeading } from '../widgets/answer-heading.tsx';
import { WrittenDigits } from '../widgets/digits/written-digits.tsx';
import { ResultWords } from '../widgets/result-words.tsx';
import { resultInWords, Spoken } from '../widgets/spoken.tsx';
import { ResultDesk } from './result-desk.tsx';

/** A result that the service has deleted, from this browser's history. */
export function OwnCopyView({ entry }: { entry: HistoryEntry }) {
  const { text, source } = entry;
  return (
    <div className="page result">
      <ResultDesk networkInput={entry.preview} />
      <section className="answer" aria-label={texts.answer}>
        <AnswerHeading text={text} name={texts.result.title(new Date(entry.at))} />
        <div className="verdict" data-uncertain={entry.uncertain} data-number={isNumber(entry)}>
          <WrittenDigits text={text} className="verdict-digit" />
          <div className="verdict-words">
            <ResultWords result={entry} doubts={0} />
            {source.kind === 'file' && <p className="verdict-next own-copy-name">{source.name}</p>}
          </div>
        </div>
        <div className="own-copy">
          <p>{texts.result.gone}</p>
          <p className="own-copy-what">{texts.result.ownCopy}</p>
          <a className="button" href={pathOf({ name: 'history' })} data-place>
            {texts.history.heading}
          </a>
        </div>
        <Spoken words={`${resultInWords(entry)} ${texts.result.gone}`} />
      </section>
    </div>
  );
}
