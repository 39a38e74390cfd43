import type { BatchActions } from '../actions/batch-actions.ts';
import { download } from '../browser/download.ts';
import { addressOf, type PageBatch } from '../state/batch/batch.ts';
import { nextInQueue } from '../state/batch/next-in-queue.ts';
import { isItemRetryable, type Standing } from '../state/batch/standing.ts';
import { pathOf } from '../state/place.ts';
import { overallProgress } from '../state/prediction/progress.ts';
import { failureText } from '../texts/failures.ts';
import { texts } from '../texts/texts.ts';
import { CopyButton } from '../widgets/copy-button.tsx';
import { FailureNote } from '../widgets/failure-note.tsx';
import { QueuePlace } from '../widgets/queue-place.tsx';
import { csvFile, toTable } from './lines.ts';
import { useTimeLeft } from './use-time-left.ts';

/** How the batch stands as a whole, and what can be done with all of it. */
export function BatchHead(props: {
  batch: PageBatch;
  counts: Readonly<Record<Standing, number>>;
  actions: BatchActions;
}) {
  const { batch, counts, actions } = props;
  const { items, key } = batch;
  const all = items.length;
  const retryable = items.filter(isItemRetryable).length;
  const { batchPlace } = texts;
  return (
    <header className="batch-head">
      <div className="batch-title">
        <h2 id="batch-heading" className="batch-heading">
          {batchPlace.heading(all)}
        </h2>
        <time className="batch-at" dateTime={batch.at}>
          {texts.date(new Date(batch.at))}
        </time>
      </div>
      <fieldset className="batch-actions">
        <legend className="visually-hidden">{batchPlace.actions}</legend>
        <CopyButton label={texts.copy} text={toTable(items)} className="button" />
        <button
          type="button"
          className="button"
          onClick={() => download(`${addressOf(batch).slice(0, 36)}.csv`, csvFile(items))}
        >
          {batchPlace.download}
        </button>
        <CopyButton
          label={texts.copyLink}
          text={location.origin + pathOf({ name: 'batch', id: addressOf(batch) })}
          className="button"
        />
        <button type="button" className="button" onClick={() => print()}>
          {batchPlace.print}
        </button>
        {retryable > 0 && (
          <button type="button" className="button" onClick={() => actions.retryFailed(key)}>
            {batchPlace.retry(retryable)}
          </button>
        )}
        {counts.open > 0 && (
          <button type="button" className="button button-quiet" onClick={() => actions.cancel(key)}>
            {batchPlace.cancel}
          </button>
        )}
      </fieldset>
      {counts.open > 0 && (
        <Progress batch={batch} open={counts.open} onRetry={() => actions.retryWaiting(key)} />
      )}
      <p className="visually-hidden" role="status">
        {counts.open === 0 ? batchPlace.ended(all, all - counts.read - counts.check, counts.check) : ''}
      </p>
      {batch.failure && (
        <p className="batch-note" role="alert">
          {failureText(batch.failure.code).what}
        </p>
      )}
    </header>
  );
}

function Progress(props: { batch: PageBatch; open: number; onRetry: () => void }) {
  const { open } = props;
  const { items } = props.batch;
  const { upload, share } = overallProgress(items);
  const left = useTimeLeft(items.length - open, items.length);
  const next = nextInQueue(items);
  const failure = items.find(({ tracked }) => tracked.failure?.retryAt)?.tracked.failure;
  return (
    <div className="batch-progress">
      <progress value={share} max={1} aria-label={texts.imagesProgress} />
      <p className="batch-wait">
        {upload && <span>{texts.batchPlace.sending(upload)}</span>}{' '}
        {left !== null && <span>{texts.batchPlace.timeLeft(left)}</span>}{' '}
        {left === null && next && (
          <span>
            {texts.batchPlace.queued} <QueuePlace prediction={next} />
          </span>
        )}
      </p>
      {failure && <FailureNote failure={failure} gone={false} onRetry={props.onRetry} />}
    </div>
  );
}
