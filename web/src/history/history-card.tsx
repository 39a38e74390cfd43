import type { HistoryEntry } from '../state/history-entry.ts';
import { pathOf } from '../state/place.ts';
import { texts } from '../texts/texts.ts';
import { CardDigits } from '../widgets/digits/card-digits.tsx';
import { InkPixels } from '../widgets/digits/ink-pixels.tsx';
import { sourceName } from './search.ts';

/** One finished prediction. A press opens its own page. */
export function HistoryCard({ entry, onRemove }: { entry: HistoryEntry; onRemove: () => void }) {
  const name = sourceName(entry);
  const read = texts.aloud(entry.text);
  const sure = texts.cardResult(texts.percent(entry.confidence), entry.uncertain);
  const when = texts.shortDate(new Date(entry.at));
  return (
    <li className="past">
      <a className="past-open" href={pathOf({ name: 'result', id: entry.id })} data-place>
        <span className="visually-hidden">{texts.readFirst(read)}</span>
        <span className="thumbnail past-thumb">
          {entry.preview && <InkPixels networkInput={entry.preview} label={null} className="" />}
        </span>
        <CardDigits text={entry.text} />
        <span className="past-words" data-uncertain={entry.uncertain}>
          <span className="past-name">{name}</span>
          <span className="past-sure">{sure}</span>
          <time className="past-when" dateTime={entry.at} title={texts.date(new Date(entry.at))}>
            {when}
          </time>
        </span>
      </a>
      <button
        type="button"
        className="card-remove"
        aria-label={texts.history.remove(read, name)}
        onClick={onRemove}
      >
        ×
      </button>
    </li>
  );
}
