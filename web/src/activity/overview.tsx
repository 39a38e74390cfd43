import type { ActivityState } from '../state/activity.ts';
import { failureText } from '../texts/failures.ts';
import { texts } from '../texts/texts.ts';

/** What is the matter with the queue, in words: empty while it is read as it should be. */
export function activityInWords({ snapshot, failure }: ActivityState): string {
  if (failure)
    return `${failureText(failure).what} ${snapshot ? texts.activity.stale : texts.activity.retrying}`;
  if (!snapshot) return texts.activity.loading;
  if (snapshot.queue === null) return texts.activity.queueAway;
  const { paused = false, drained = false } = snapshot.operated ?? {};
  if (paused && drained) return texts.queue.pausedAndDrained;
  if (paused) return texts.queue.paused;
  if (drained) return texts.queue.drained;
  if (snapshot.workers.length === 0) return texts.activity.noWorkers;
  return '';
}

/** Numbers beside one another, each with its name. */
export function FigureList({ figures }: { figures: readonly (readonly [name: string, value: string])[] }) {
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

/** A count, or a dash while it is not known. */
export function countInWords(count: number | undefined): string {
  return count === undefined ? texts.unknown : texts.count(count);
}
