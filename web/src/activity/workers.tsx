import type { Activity } from '@inkqueue/shared/contracts/activity';
import type { ConsoleState } from '@inkqueue/shared/contracts/console';
import { texts } from '../texts/texts.ts';
import { QueuePart } from './queue-part.tsx';

/** More would bury the content below. */
const SHOWN_MAX = 50;
/** Enough of an id to distinguish workers. */
const ID_CHARS = 8;

type Worker = Activity['workers'][number];

/** A row for each worker, the longest running first, so that a new worker joins at the end. */
export function WorkerTable({ workers }: { workers: readonly Worker[] }) {
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
            <th scope="col">{texts.activity.finished}</th>
          </tr>
        </thead>
        <tbody>
          {workers.slice(0, SHOWN_MAX).map((worker) => (
            <tr key={worker.id} data-busy={worker.running > 0}>
              <th scope="row" className="worker-name">
                {shortId(worker)}
              </th>
              <td>{modelOf(worker)}</td>
              <td>{texts.count(worker.running)}</td>
              <td>{texts.count(worker.finished)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <More workers={workers} />
    </>
  );
}

/** Each worker and what it holds; for operators its host too. @param props.at when the workers were like this */
export function WorkerList(props: {
  workers: readonly Worker[];
  at: string;
  hosts?: ConsoleState['workers'] | undefined;
}) {
  const { workers, hosts = [] } = props;
  const words = texts.queue.workers;
  if (workers.length === 0) return null;
  const at = Date.parse(props.at);
  return (
    <QueuePart heading={texts.activity.workers}>
      <ul className="worker-list">
        {workers.slice(0, SHOWN_MAX).map((worker) => {
          const host = hosts.find(({ id }) => id === worker.id);
          return (
            <li key={worker.id} className="worker" data-busy={worker.running > 0}>
              <h4 className="worker-name">
                {words.name(shortId(worker))}
                {host && <span className="worker-host">{words.host(host.host, host.pid)}</span>}
              </h4>
              <dl className="worker-facts">
                {factsOf(worker, at).map(([name, value]) => (
                  <div key={name}>
                    <dt>{name}</dt>
                    <dd>{value}</dd>
                  </div>
                ))}
              </dl>
            </li>
          );
        })}
      </ul>
      <More workers={workers} />
    </QueuePart>
  );
}

function More({ workers }: { workers: readonly Worker[] }) {
  const more = workers.length - SHOWN_MAX;
  return more > 0 && <p className="activity-note">{texts.activity.moreWorkers(more)}</p>;
}

const shortId = ({ id }: Worker) => id.slice(0, ID_CHARS);
const modelOf = ({ model }: Worker) => `${model.name} ${model.version}`;

/** What a worker of an earlier version does not say is left out. */
function factsOf(worker: Worker, at: number): [string, string][] {
  const words = texts.queue.workers;
  const { per_second, memory_bytes, beat_at } = worker;
  const since = (time: string) => Math.max(0, at - Date.parse(time));
  return [
    [words.holds, holds(worker, since)],
    ...(per_second === undefined ? [] : [[words.rate, words.perSecond(per_second)] as [string, string]]),
    [words.finished, words.pictures(worker.finished)],
    ...(memory_bytes === undefined ? [] : [[words.memory, texts.bytes(memory_bytes)] as [string, string]]),
    [words.uptime, texts.longTime(since(worker.started_at))],
    ...(beat_at === undefined ? [] : [[words.beat, words.ago(since(beat_at))] as [string, string]]),
    [texts.activity.columns.model, modelOf(worker)],
  ];
}

function holds({ running, busy_since }: Worker, since: (time: string) => number): string {
  const words = texts.queue.workers;
  if (running === 0) return words.nothing;
  return busy_since ? words.picturesFor(running, since(busy_since)) : words.pictures(running);
}
