import { useState } from 'react';
import type { BatchActions } from '../actions/batch-actions.ts';
import type { PageBatch } from '../state/batch/batch.ts';
import { BATCH_ITEMS_MAX } from '../state/batch/record.ts';
import { type Arrangement, arranged, countStandings } from '../state/batch/standing.ts';
import { texts } from '../texts/texts.ts';
import { FailureNotice } from '../widgets/place-notice.tsx';
import { Arrange } from './arrange.tsx';
import { BatchHead } from './batch-head.tsx';
import { CardGrid } from './card-grid.tsx';
import { Report } from './report.tsx';
import { Table } from './table.tsx';
import { Viewer } from './viewer.tsx';
import '../styles/batch-arrange.css';
import '../styles/batch.css';
import '../styles/batch-table.css';
import '../styles/batch-viewer.css';
import '../styles/report.css';

/** Pictures that came together: how they stand, each as a card or in a table, and one of them large. */
export function BatchView(props: { batch: PageBatch; actions: BatchActions }) {
  const { batch, actions } = props;
  const [chosen, setChosen] = useState<Partial<Arrangement>>({});
  const [view, setView] = useState<'cards' | 'table'>('cards');
  /** The pictures as they were arranged when one was opened: what is set by hand moves none away meanwhile. */
  const [tour, setTour] = useState<{ keys: readonly string[]; key: string } | null>(null);
  const [last, setLast] = useState<string | null>(null);

  if (batch.items.length === 0) return <NoItems batch={batch} onRetry={() => actions.reload(batch.key)} />;
  const counts = countStandings(batch.items);
  const arrangement: Arrangement = {
    standing: null,
    query: '',
    // While results come, no card moves.
    order: counts.open > 0 ? 'sent' : 'doubtful',
    ...chosen,
  };
  const items = arranged(batch, arrangement);
  const open = (key: string) => setTour({ key, keys: items.map((item) => item.key) });
  const list = { batch, items, onOpen: open };

  return (
    <section className="batch" aria-labelledby="batch-heading">
      <BatchHead batch={batch} counts={counts} actions={actions} />
      {batch.leftOut > 0 && (
        <p className="batch-note" role="alert">
          {texts.batchPlace.leftOut(batch.leftOut, BATCH_ITEMS_MAX)}
        </p>
      )}
      {counts.unsent > 0 && <p className="batch-note">{texts.batchPlace.unsentNote}</p>}
      <Arrange
        counts={counts}
        all={batch.items.length}
        arrangement={arrangement}
        view={view}
        onArrange={(next) => setChosen({ ...chosen, ...next })}
        onView={setView}
      />
      {items.length === 0 && <p className="batch-note">{texts.batchPlace.nothing}</p>}
      {view === 'cards' ? <CardGrid {...list} last={last} /> : <Table {...list} />}
      {tour && (
        <Viewer
          batch={batch}
          keys={tour.keys}
          current={tour.key}
          onCurrent={(key) => setTour({ ...tour, key })}
          onByHand={actions.setByHand}
          onClose={() => {
            setLast(tour.key);
            setTour(null);
          }}
        />
      )}
      <Report batch={batch} />
    </section>
  );
}

function NoItems({ batch: { failure }, onRetry }: { batch: PageBatch; onRetry: () => void }) {
  if (!failure) return <p className="result-loading">{texts.batchPlace.loading}</p>;
  return <FailureNotice failure={failure} onRetry={onRetry} />;
}
