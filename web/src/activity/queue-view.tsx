import type { Activity, ActivitySpan } from '@inkqueue/shared/contracts/activity';
import type { QueueWatch } from '../actions/queue-watch.ts';
import { type QueuePlace, shownActivity } from '../state/queue-place.ts';
import { texts } from '../texts/texts.ts';
import { Bounds } from './bounds.tsx';
import { FlowChart, LatencyChart } from './charts.tsx';
import { Operate, SignIn } from './operate.tsx';
import { activityInWords, countInWords, FigureList } from './overview.tsx';
import { drainOf, ratesNow } from './queue-figures.ts';
import { Reasons } from './reasons.tsx';
import { Turns } from './turns.tsx';
import { WorkerList } from './workers.tsx';
import '../styles/activity.css';
import '../styles/queue.css';
import '../styles/operate.css';

const SPANS = ['minutes', 'hour', 'day'] as const satisfies readonly ActivitySpan[];

/** How the queue is, how it was, and what an operator can do to it. */
export function QueueView({ state, actions }: { state: QueuePlace; actions: QueueWatch }) {
  const { activity, span, operator } = state;
  const now = activity.snapshot;
  const shown = shownActivity(state);
  const matter = activityInWords(activity);
  return (
    <article className="queue activity-panel" data-stale={activity.failure !== null}>
      <div className="queue-head">
        <h2 className="queue-heading">{texts.queue.heading}</h2>
        {now?.console && operator.phase !== 'in' && <SignIn operator={operator} actions={actions} />}
      </div>
      <div className="queue-state">
        <p role="status">{matter}</p>
        {/* Not spoken: it changes every second. */}
        {now && matter === '' && <p>{drainInWords(now)}</p>}
      </div>
      {now && <Figures activity={now} />}
      {now && operator.phase === 'in' && (
        <Operate operator={operator} pictures={now.queue?.pictures ?? 0} actions={actions} />
      )}
      <fieldset className="spans">
        <legend className="visually-hidden">{texts.queue.spans.label}</legend>
        {SPANS.map((each) => (
          <label key={each}>
            <input
              type="radio"
              name="span"
              className="span-radio visually-hidden"
              checked={span === each}
              onChange={() => actions.choose(each)}
            />
            <span className="span-name">{texts.queue.spans[each]}</span>
          </label>
        ))}
      </fieldset>
      {shown && (
        <>
          <div className="charts">
            <FlowChart activity={shown} since={texts.queue.since[span]} />
            <LatencyChart activity={shown} since={texts.queue.since[span]} />
          </div>
          <div className="queue-parts">
            <Reasons words={texts.queue.refused} counts={shown.refused ?? []} />
            <Reasons words={texts.queue.failed} counts={shown.failed ?? []} last={operator.seen?.failures} />
          </div>
        </>
      )}
      {now && (
        <>
          <div className="queue-parts">
            <Bounds activity={now} />
            <Turns activity={now} />
          </div>
          <WorkerList workers={now.workers} at={now.at} hosts={operator.seen?.workers} />
        </>
      )}
    </article>
  );
}

function Figures({ activity }: { activity: Activity }) {
  const { queue, workers } = activity;
  const words = texts.queue.figures;
  const { arrivals, departures } = ratesNow(activity);
  const oldest = queue?.oldest_waiting_seconds;
  return (
    <FigureList
      figures={[
        [texts.activity.pictures, countInWords(queue?.pictures)],
        [words.oldest, oldest ? texts.longTime(1000 * oldest) : texts.unknown],
        [words.drain, timeToDrain(activity)],
        [words.arrivals, texts.rate(arrivals)],
        [words.departures, texts.rate(departures)],
        [texts.activity.workers, countInWords(queue === null ? undefined : workers.length)],
      ]}
    />
  );
}

function timeToDrain(activity: Activity): string {
  const drain = drainOf(activity);
  if (drain === null || drain.kind === 'empty') return texts.unknown;
  if (drain.kind === 'stands') return texts.queue.never;
  return drain.kind === 'grows' ? texts.queue.growing : texts.longTime(drain.ms);
}

function drainInWords(activity: Activity): string {
  const drain = drainOf(activity);
  switch (drain?.kind) {
    case 'stands':
      return texts.queue.stands;
    case 'grows':
      return texts.queue.grows(drain.perSecond);
    case 'drains':
      return texts.queue.drains(drain.ms);
    default:
      return texts.queue.empty;
  }
}
