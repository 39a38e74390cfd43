import type { Activity } from '@inkqueue/shared/contracts/activity';
import type { ActivityState } from '../state/activity.ts';
import { failureText } from '../texts/failures.ts';
import { texts } from '../texts/texts.ts';
import { Charts } from './charts.tsx';
import { Workers } from './workers.tsx';
import '../styles/activity.css';

/** The last snapshot of the service's activity. Read-only. */
export function ActivityPanel({ state }: { state: ActivityState }) {
  const { snapshot, failure } = state;
  return (
    <div className="activity-panel" data-stale={failure !== null}>
      <p className="activity-state" role="status">
        {stateInWords(state)}
      </p>
      {snapshot && (
        <>
          <Queue activity={snapshot} />
          {snapshot.workers.length > 0 && <Workers workers={snapshot.workers} />}
          <Charts activity={snapshot} />
        </>
      )}
    </div>
  );
}

function Queue({ activity: { queue, workers } }: { activity: Activity }) {
  const count = (value: number | undefined) =>
    value === undefined ? texts.activity.unknown : texts.count(value);
  const figures = [
    [texts.activity.waiting, count(queue?.jobs.waiting)],
    [texts.activity.running, count(queue?.jobs.active)],
    [texts.activity.pictures, count(queue?.pictures)],
    [texts.activity.workers, count(queue === null ? undefined : workers.length)],
  ] as const;
  return (
    <dl className="activity-figures">
      {figures.map(([name, value]) => (
        <div key={name} className="activity-figure">
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function stateInWords({ snapshot, failure }: ActivityState): string {
  if (failure)
    return `${failureText(failure).what} ${snapshot ? texts.activity.stale : texts.activity.retrying}`;
  if (!snapshot) return texts.activity.loading;
  if (snapshot.queue === null) return texts.activity.queueAway;
  if (snapshot.workers.length === 0) return texts.activity.noWorkers;
  return '';
}
