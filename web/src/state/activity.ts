import type { Activity } from '@inkqueue/shared/contracts/activity';
import type { FailureCode } from './failure.ts';

/** What the page knows of what goes on behind the API. */
export interface ActivityView {
  /** Whether somebody looks at it: only then it is asked for. */
  open: boolean;
  /** As told last; null until then. */
  now: Activity | null;
  /** Why nothing newer is known; null while news come. */
  failure: FailureCode | null;
}

export type ActivityEvent =
  | { type: 'opened' }
  | { type: 'closed' }
  | { type: 'told'; now: Activity }
  | { type: 'failed'; code: FailureCode };

export const unwatched: ActivityView = { open: false, now: null, failure: null };

/** The view after `event`; the same object when nothing changes. What comes after closing is late, and dropped. */
export function nextActivity(view: ActivityView, event: ActivityEvent): ActivityView {
  if (event.type === 'opened') return view.open ? view : { ...unwatched, open: true };
  if (!view.open) return view;
  switch (event.type) {
    case 'closed':
      return unwatched;
    case 'told':
      return { ...view, now: event.now, failure: null };
    case 'failed':
      return view.failure === event.code ? view : { ...view, failure: event.code };
  }
}
