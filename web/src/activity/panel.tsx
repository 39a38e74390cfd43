import type { Activity } from '@inkqueue/shared/contracts/activity';
import type { ActivityState } from '../state/activity.ts';
import { texts } from '../texts/texts.ts';
import { LatencyChart, minutesOf, ThroughputChart } from './charts.tsx';
import { activityInWords, countInWords, FigureList } from './overview.tsx';
import { WorkerTable } from './workers.tsx';
import '../styles/activity.css';

/** The last snapshot of the service's activity. Read-only. */
export function ActivityPanel({ state }: { state: ActivityState }) {
  const { snapshot, failure } = state;
  return (
    <div className="activity-panel" data-stale={failure !== null}>
      <p className="activity-state" role="status">
        {activityInWords(state)}
      </p>
      {snapshot && <Snapshot activity={snapshot} />}
    </div>
  );
}

function Snapshot({ activity }: { activity: Activity }) {
  const { queue, workers } = activity;
  const words = texts.activity;
  const since = words.minutesAgo(minutesOf(activity));
  return (
    <>
      <FigureList
        figures={[
          [words.waiting, countInWords(queue?.jobs.waiting)],
          [words.running, countInWords(queue?.jobs.active)],
          [words.pictures, countInWords(queue?.pictures)],
          [words.workers, countInWords(queue === null ? undefined : workers.length)],
        ]}
      />
      {workers.length > 0 && <WorkerTable workers={workers} />}
      <div className="charts">
        <ThroughputChart activity={activity} since={since} />
        <LatencyChart activity={activity} since={since} />
      </div>
    </>
  );
}
