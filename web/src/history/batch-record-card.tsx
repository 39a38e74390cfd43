import { addressOf } from '../state/batch/batch.ts';
import { type BatchRecord, fromRecord } from '../state/batch/record.ts';
import { countStandings, STANDINGS } from '../state/batch/standing.ts';
import { pathOf } from '../state/place.ts';
import { texts } from '../texts/texts.ts';

/** Pictures that came together. A press opens their place. */
export function BatchRecordCard({ record, onRemove }: { record: BatchRecord; onRemove: () => void }) {
  const batch = fromRecord(record);
  const counts = countStandings(batch.items);
  const at = new Date(record.at);
  const when = texts.shortDate(at);
  const { batchPlace } = texts;
  return (
    <li className="past">
      <a className="past-open past-batch" href={pathOf({ name: 'batch', id: addressOf(batch) })} data-place>
        <span className="past-words">
          <span className="past-name">{batchPlace.heading(batch.items.length)}</span>
          <span className="past-sure past-counts">
            {STANDINGS.filter((name) => counts[name] > 0).map((name) => (
              <span key={name}>{batchPlace.standings[name](counts[name])}</span>
            ))}
          </span>
          <time className="past-when" dateTime={record.at} title={texts.date(at)}>
            {when}
          </time>
        </span>
      </a>
      <button
        type="button"
        className="card-remove"
        aria-label={batchPlace.history.remove(batch.items.length, when)}
        onClick={onRemove}
      >
        ×
      </button>
    </li>
  );
}
