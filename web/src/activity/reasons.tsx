import type { Activity } from '@inkqueue/shared/contracts/activity';
import type { ConsoleState } from '@inkqueue/shared/contracts/console';
import { pathOf } from '../state/place.ts';
import { failureText } from '../texts/failures.ts';
import { texts } from '../texts/texts.ts';
import { QueuePart } from './queue-part.tsx';

/** How often pictures were refused, or could not be read, and why; for operators the last ones too. */
export function Reasons(props: {
  words: { heading: string; none: string };
  counts: NonNullable<Activity['failed']>;
  last?: ConsoleState['failures'] | undefined;
}) {
  const { words, counts, last = [] } = props;
  return (
    <QueuePart heading={words.heading}>
      {counts.length === 0 && <p className="activity-note">{words.none}</p>}
      <ul className="reasons">
        {counts.map(({ code, count }) => (
          <li key={code}>
            <span>
              {failureText(code).what} <code>{code}</code>
            </span>{' '}
            <strong>{texts.count(count)}</strong>
          </li>
        ))}
      </ul>
      {last.length > 0 && (
        <details className="lasts">
          <summary>{texts.queue.failed.last}</summary>
          <ul className="reasons">
            {last.map(({ id, code, at }) => (
              <li key={`${id} ${at}`}>
                <span>
                  {texts.date(new Date(at))}: {failureText(code).what}
                </span>{' '}
                <a
                  href={pathOf({ name: 'result', id })}
                  data-place
                  aria-label={`${texts.queue.failed.open} ${id}`}
                >
                  {texts.queue.failed.open}
                </a>
              </li>
            ))}
          </ul>
        </details>
      )}
    </QueuePart>
  );
}
