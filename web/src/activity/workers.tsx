import type { Activity } from '@inkqueue/shared/contracts/activity';
import { texts } from '../texts/texts.ts';

/** More rows would bury the content below. */
const SHOWN_MAX = 50;
/** Enough of an id to distinguish workers. */
const ID_CHARS = 8;

/** A row for each worker, the longest running first, so that a new worker joins at the end. */
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
            <th scope="col">{columns.running}</th>
            <th scope="col">{columns.finished}</th>
          </tr>
        </thead>
        <tbody>
          {sorted.slice(0, SHOWN_MAX).map(({ id, model, running, finished }) => (
            <tr key={id} data-busy={running > 0}>
              <th scope="row">{id.slice(0, ID_CHARS)}</th>
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
