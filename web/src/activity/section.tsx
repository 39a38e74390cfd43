import { useEffect, useId } from 'react';
import type { ActivityState } from '../state/activity.ts';
import { pathOf } from '../state/place.ts';
import { texts } from '../texts/texts.ts';
import { LatePart, lateCode } from '../widgets/late-part.tsx';

const activityPanel = lateCode(() => import('./panel.tsx'));

/** Opens the activity panel. The page fetches the panel's code, and asks the service, only once somebody opens it. */
export function ActivitySection(props: { state: ActivityState; onOpen: (open: boolean) => void }) {
  const { state, onOpen } = props;
  const panel = useId();

  // The panel closes when the page leaves the desk.
  useEffect(() => () => onOpen(false), [onOpen]);

  return (
    <section className="activity" aria-label={texts.activity.heading}>
      <h2>
        <button
          type="button"
          className="activity-toggle"
          aria-expanded={state.open}
          aria-controls={panel}
          onClick={() => onOpen(!state.open)}
        >
          <span className="activity-heading">{texts.activity.heading}</span>{' '}
          <span className="activity-hint">{texts.activity.hint}</span>
        </button>
      </h2>
      <div id={panel} className="activity-body" hidden={!state.open}>
        {state.open && (
          <LatePart
            of={activityPanel}
            waiting={
              <p className="activity-loading" role="status">
                {texts.activity.loading}
              </p>
            }
          >
            {({ ActivityPanel }) => <ActivityPanel state={state} />}
          </LatePart>
        )}
        {state.open && (
          <p className="activity-more">
            <a href={pathOf({ name: 'queue' })} data-place>
              {texts.queue.link}
            </a>
          </p>
        )}
      </div>
    </section>
  );
}
