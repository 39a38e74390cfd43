import type { Activity } from '@inkqueue/shared/contracts/activity';
import { texts } from '../texts/texts.ts';

/** More than these would bury what stands below. */
const SHOWN_MAX = 50;
/** Enough of an id to tell workers apart. */
const SHORT = 8;

/** A row for each worker, the longest running first, so that a new one joins at the end. */
export function Workers({ workers }: { workers: Activity['workers'] }) {
  const sorted = workers.toSorted(
    (a, b) => a.started_at.localeCompare(b.started_at) || a.id.localeCompare(b.id),
  );
  const { columns } = texts.activity;
  return (
    <>
      <table className="workers">
        <caption className="visually-hidden">{texts.activity.workers}</caption>
        <thead>
          <tr>
            <th scope="col">{columns.worker}</th>
            <th scope="col">{columns.model}</th>
            <th scope="col">{columns.inHand}</th>
            <th scope="col">{columns.read}</th>
          </tr>
        </thead>
        <tbody>
          {sorted.slice(0, SHOWN_MAX).map(({ id, model, running, finished }) => (
            <tr key={id} data-busy={running > 0}>
              <th scope="row">{id.slice(0, SHORT)}</th>
              <td>
                {model.name} {model.version}
              </td>
              <td>{texts.count(running)}</td>
              <td>{texts.count(finished)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {workers.length > SHOWN_MAX && (
        <p className="activity-note">{texts.activity.moreWorkers(workers.length - SHOWN_MAX)}</p>
      )}
    </>
  );
}
