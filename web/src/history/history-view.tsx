import { useId, useState, useSyncExternalStore } from 'react';
import type { BatchRecord } from '../state/batch/record.ts';
import type { HistoryEntry } from '../state/history-entry.ts';
import { pathOf } from '../state/place.ts';
import { texts } from '../texts/texts.ts';
import { PlaceNotice } from '../widgets/place-notice.tsx';
import { BatchRecordCard } from './batch-record-card.tsx';
import type { BatchRecords } from './batch-records.ts';
import type { History } from './history.ts';
import { HistoryCard } from './history-card.tsx';
import { searchBatches, searchHistory } from './search.ts';

/** What was deleted last, together. */
const NOTHING: { entries: readonly HistoryEntry[]; batches: readonly BatchRecord[] } = {
  entries: [],
  batches: [],
};

/** The results that this browser has stored: to search, to open again, to delete. */
export function HistoryView(props: {
  history: History;
  records: BatchRecords;
  /** Called when a batch is deleted here, by its key. */
  onRemoveBatch: (key: string) => void;
}) {
  const { history, records } = props;
  const batches = useSyncExternalStore(records.subscribe, records.entries);
  const entries = useSyncExternalStore(history.subscribe, history.entries);
  const [query, setQuery] = useState('');
  const [removed, setRemoved] = useState(NOTHING);
  const field = useId();
  const found = searchHistory(entries, query);
  const foundBatches = searchBatches(batches, query);
  const saved = entries.length + batches.length;

  function remove(gone: { entries?: readonly HistoryEntry[]; batches?: readonly BatchRecord[] }) {
    const keys = gone.batches?.map(({ key }) => key) ?? [];
    // A batch under way is kept as it stands.
    records.save();
    for (const key of keys) props.onRemoveBatch(key);
    setRemoved({ entries: gone.entries ?? [], batches: records.remove(keys) });
    history.remove(gone.entries?.map(({ id }) => id) ?? []);
  }

  function undo() {
    history.add(removed.entries);
    records.add(removed.batches);
    setRemoved(NOTHING);
  }

  return (
    <section className="history" aria-labelledby={`${field}-heading`}>
      <div className="history-head">
        <h2 id={`${field}-heading`} className="history-heading">
          {texts.history.heading}
        </h2>
        <p className="history-where">{texts.history.where}</p>
      </div>
      {saved > 0 && (
        <div className="history-tools">
          <label htmlFor={field} className="visually-hidden">
            {texts.search}
          </label>
          <input
            id={field}
            type="search"
            className="history-search"
            placeholder={texts.search}
            value={query}
            onChange={(event) => setQuery(event.target.value)}
          />
          <p className="history-count" role="status">
            {texts.history.count(found.length + foundBatches.length, query !== '')}
          </p>
          <button type="button" className="button button-quiet" onClick={() => remove({ entries, batches })}>
            {texts.history.removeAll}
          </button>
        </div>
      )}
      <Undo count={removed.entries.length + removed.batches.length} onUndo={undo} />
      {saved === 0 && <Empty />}
      {foundBatches.length > 0 && (
        <ul className="pasts" aria-label={texts.batchPlace.history.heading}>
          {foundBatches.map((record) => (
            <BatchRecordCard
              key={record.key}
              record={record}
              onRemove={() => remove({ batches: [record] })}
            />
          ))}
        </ul>
      )}
      <ul className="pasts" aria-label={texts.history.heading}>
        {found.map((entry) => (
          <HistoryCard key={entry.id} entry={entry} onRemove={() => remove({ entries: [entry] })} />
        ))}
      </ul>
    </section>
  );
}

/** Takes the focus from the button that went with its entry, so that keyboard users keep their place. */
function Undo({ count, onUndo }: { count: number; onUndo: () => void }) {
  return (
    <div className="history-undo" role="status" data-empty={count === 0}>
      {count > 0 && (
        <>
          <span>{texts.history.removed(count)}</span>
          <button type="button" className="button" ref={(button) => button?.focus()} onClick={onUndo}>
            {texts.undo}
          </button>
        </>
      )}
    </div>
  );
}

function Empty() {
  return (
    <PlaceNotice what={texts.history.empty} next={texts.history.emptyNext}>
      <a className="button" href={pathOf({ name: 'desk' })} data-place>
        {texts.drawDigit}
      </a>
    </PlaceNotice>
  );
}
