import type { Activity } from '@inkqueue/shared/contracts/activity';
import type { FailureCode } from './prediction/failure.ts';

/** What the activity panel shows. */
export interface ActivityState {
  /** Whether the panel is open: only then the page asks the service. */
  open: boolean;
  /** The last snapshot; null until the first one. */
  snapshot: Activity | null;
  /** Why no newer snapshot has come; null while snapshots come. */
  failure: FailureCode | null;
}

export type ActivityEvent =
  | { type: 'opened' }
  | { type: 'closed' }
  | { type: 'snapshot'; snapshot: Activity }
  | { type: 'failed'; code: FailureCode };

export const CLOSED_ACTIVITY: ActivityState = { open: false, snapshot: null, failure: null };

/** The state after `event`; the same object when nothing changes. An event after closing is late, and dropped. */
export function nextActivity(state: ActivityState, event: ActivityEvent): ActivityState {
  if (event.type === 'opened') return state.open ? state : { ...CLOSED_ACTIVITY, open: true };
  if (!state.open) return state;
  switch (event.type) {
    case 'closed':
      return CLOSED_ACTIVITY;
    case 'snapshot':
      return { ...state, snapshot: event.snapshot, failure: null };
    case 'failed':
      return state.failure === event.code ? state : { ...state, failure: event.code };
  }
}
