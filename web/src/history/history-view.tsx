import { useId, useState, useSyncExternalStore } from 'react';
import type { HistoryEntry } from '../state/history-entry.ts';
import { pathOf } from '../state/place.ts';
import { texts } from '../texts/texts.ts';
import type { History } from './history.ts';
import { HistoryCard } from './history-card.tsx';
import { searchHistory } from './search.ts';

/** The results that this browser has stored: to search, to open again, to delete. */
export function HistoryView({ history }: { history: History }) {
  const entries = useSyncExternalStore(history.subscribe, history.entries);
  const [query, setQuery] = useState('');
  const [removed, setRemoved] = useState<readonly HistoryEntry[]>([]);
  const field = useId();
  const found = searchHistory(entries, query);

  function remove(gone: readonly HistoryEntry[]) {
    setRemoved(gone);
    history.remove(gone.map(({ id }) => id));
  }

  function undo() {
    history.add(removed);
    setRemoved([]);
  }

  return (
    <section className="history" aria-labelledby={`${field}-heading`}>
      <div className="history-head">
        <h2 id={`${field}-heading`} className="history-heading">
          {texts.history.heading}
        </h2>
        <p className="history-where">{texts.history.where}</p>
      </div>
      {entries.length > 0 && (
        <div className="history-tools">
          <label htmlFor={field} className="visually-hidden">
            {texts.history.search}
          </label>
          <input
            id={field}
            type="search"
            className="history-search"
            placeholder={texts.history.search}
            value={query}
            onChange={(event) => setQuery(event.target.value)}
          />
          <p className="history-count" role="status">
            {texts.history.count(found.length, query !== '')}
          </p>
          <button type="button" className="button button-quiet" onClick={() => remove(entries)}>
            {texts.history.removeAll}
          </button>
        </div>
      )}
      <Undo count={removed.length} onUndo={undo} />
      {entries.length === 0 && <Empty />}
      <ul className="pasts" aria-label={texts.history.heading}>
        {found.map((entry) => (
          <HistoryCard key={entry.id} entry={entry} onRemove={() => remove([entry])} />
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
    <div className="notice">
      <p className="notice-what">{texts.history.empty}</p>
      <p className="notice-next">{texts.history.emptyNext}</p>
      <div className="notice-steps">
        <a className="button" href={pathOf({ name: 'desk' })} data-place>
          {texts.history.draw}
        </a>
      </div>
    </div>
  );
}
