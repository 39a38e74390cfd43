import { type ComponentType, useEffect, useId, useState } from 'react';
import type { ActivityView } from '../state/activity.ts';
import { texts } from '../texts/texts.ts';

type Panel = ComponentType<{ view: ActivityView }>;

/** Opens what goes on behind the API. Its code is fetched, and the service asked, only once somebody wants to see it. */
export function ActivitySection(props: { view: ActivityView; onOpen: (open: boolean) => void }) {
  const { view, onOpen } = props;
  const [Panel, setPanel] = useState<Panel | null>(null);
  const [missing, setMissing] = useState(false);
  const panel = useId();

  useEffect(() => {
    if (!view.open) return;
    setMissing(false);
    import('./panel.tsx').then(
      ({ ActivityPanel }) => setPanel(() => ActivityPanel),
      () => setMissing(true),
    );
  }, [view.open]);

  // Where the section is left behind, nobody looks any more.
  useEffect(() => () => onOpen(false), [onOpen]);

  return (
    <section className="activity" aria-label={texts.activity.heading}>
      <h2>
        <button
          type="button"
          className="activity-toggle"
          aria-expanded={view.open}
          aria-controls={panel}
          onClick={() => onOpen(!view.open)}
        >
          <span className="activity-heading">{texts.activity.heading}</span>{' '}
          <span className="activity-hint">{texts.activity.hint}</span>
        </button>
      </h2>
      <div id={panel} className="activity-body" hidden={!view.open}>
        {view.open && Panel && <Panel view={view} />}
        {view.open && !Panel && (
          <p className="activity-loading" role="status">
            {missing ? texts.activity.missing : texts.activity.loading}
          </p>
        )}
      </div>
    </section>
  );
}
