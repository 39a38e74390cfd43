import type { Activity } from '@inkqueue/shared/contracts/activity';
import { texts } from '../texts/texts.ts';
import { shareOf } from './queue-figures.ts';
import { QueuePart } from './queue-part.tsx';

/** From this share on a bound is near. */
const NEAR = 0.8;

/** How much there is of what is bounded: beyond a bound the service refuses pictures. */
export function Bounds({ activity: { queue, bounds } }: { activity: Activity }) {
  if (!bounds) return null;
  const words = texts.queue.bounds;
  const redisMax = bounds.redis_max_bytes * bounds.redis_uploads_share;
  const rows = [
    ...(queue
      ? [
          {
            name: words.pictures,
            share: shareOf(queue.pictures, bounds.pictures),
            value: words.count(queue.pictures, bounds.pictures),
          },
          {
            name: words.bytes,
            share: shareOf(queue.bytes, bounds.bytes),
            value: words.size(queue.bytes, bounds.bytes),
          },
        ]
      : []),
    {
      name: words.memory,
      share: shareOf(bounds.redis_used_bytes, redisMax),
      value:
        redisMax > 0
          ? words.size(bounds.redis_used_bytes, redisMax)
          : words.unbounded(bounds.redis_used_bytes),
    },
  ];
  return (
    <QueuePart heading={words.heading}>
      <dl className="bounds">
        {rows.map(({ name, share, value }) => (
          <div key={name} className="bound" data-near={share !== null && share >= NEAR}>
            <dt>{name}</dt>
            <dd>
              {value}
              {share !== null && (
                <svg
                  className="bound-bar"
                  viewBox="0 0 100 1"
                  preserveAspectRatio="none"
                  aria-hidden="true"
                  focusable="false"
                >
                  <rect width={100 * share} height="1" />
                </svg>
              )}
            </dd>
          </div>
        ))}
      </dl>
      <p className="activity-note">{words.hint}</p>
    </QueuePart>
  );
}
