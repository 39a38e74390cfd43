import type { Activity } from '@inkqueue/shared/contracts/activity';
import type { ActivityView } from '../state/activity.ts';
import { failureText, texts } from '../texts/texts.ts';
import { Charts } from './charts.tsx';
import { Workers } from './workers.tsx';
import '../styles/activity.css';

/** What goes on behind the API, as it is told last. Read-only. */
export function ActivityPanel({ view }: { view: ActivityView }) {
  const { now, failure } = view;
  return (
    <div className="activity-panel" data-stale={failure !== null}>
      <p className="activity-state" role="status">
        {stateInWords(view)}
      </p>
      {now && (
        <>
          <Queue now={now} />
          {now.workers.length > 0 && <Workers workers={now.workers} />}
          <Charts now={now} />
        </>
      )}
    </div>
  );
}

function Queue({ now: { queue, workers } }: { now: Activity }) {
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

function stateInWords({ now, failure }: ActivityView): string {
  if (failure) return `${failureText(failure).what} ${now ? texts.activity.stale : texts.activity.retrying}`;
  if (!now) return texts.activity.loading;
  if (now.queue === null) return texts.activity.queueAway;
  if (now.workers.length === 0) return texts.activity.noWorkers;
  return '';
}
