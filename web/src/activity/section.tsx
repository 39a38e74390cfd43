import { type ComponentType, useEffect, useId, useState } from 'react';
import type { ActivityState } from '../state/activity.ts';
import { texts } from '../texts/texts.ts';

type Panel = ComponentType<{ state: ActivityState }>;

/** Opens the activity panel. The page fetches the panel's code, and asks the service, only once somebody opens it. */
export function ActivitySection(props: { state: ActivityState; onOpen: (open: boolean) => void }) {
  const { state, onOpen } = props;
  const [Panel, setPanel] = useState<Panel | null>(null);
  const [missing, setMissing] = useState(false);
  const panel = useId();

  useEffect(() => {
    if (!state.open) return;
    setMissing(false);
    import('./panel.tsx').then(
      ({ ActivityPanel }) => setPanel(() => ActivityPanel),
      () => setMissing(true),
    );
  }, [state.open]);

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
        {state.open && Panel && <Panel state={state} />}
        {state.open && !Panel && (
          <p className="activity-loading" role="status">
            {missing ? texts.activity.missing : texts.activity.loading}
          </p>
        )}
      </div>
    </section>
  );
}
