import type { Activity } from '@inkqueue/shared/contracts/activity';
import { texts } from '../texts/texts.ts';
import { QueuePart } from './queue-part.tsx';

const ORDER = ['at_once', 'in_turns', 'batches', 'again'] as const;

/** What waits, in the order in which workers take it. */
export function Turns({ activity: { queue } }: { activity: Activity }) {
  const words = texts.queue.turns;
  const waiting = queue?.waiting;
  if (!waiting) return null;
  return (
    <QueuePart heading={words.heading}>
      <ol className="turns">
        {ORDER.map((kind) => (
          <li key={kind} data-empty={waiting[kind] === 0}>
            <span>{words[kind]}</span> <strong>{words.jobs(waiting[kind])}</strong>
          </li>
        ))}
      </ol>
      <p className="activity-note">{words.hint}</p>
    </QueuePart>
  );
}
