import { type Activity, type ActivitySpan, activity } from '@inkqueue/shared/contracts/activity';
import { type ActionName, actionDone, consoleState } from '@inkqueue/shared/contracts/console';
import type { JsonRequest } from './request.ts';

/**
 * The requests of the page at /ui/queue. Those of the console are let in by the password that the browser asks for, and remembers. Each
 * throws `RequestFailure` or, when aborted, the signal's reason.
 */
export function createConsoleClient(request: JsonRequest) {
  return {
    /** What happened over a longer time. */
    activity: (span: ActivitySpan, signal: AbortSignal): Promise<Activity> =>
      request(`../activity?span=${span}`, { signal }, activity),
    /** What operators alone see. */
    state: (signal: AbortSignal) => request('../console/state', { signal }, consoleState),
    act: (action: ActionName, signal: AbortSignal) =>
      request(`../console/actions/${action}`, { method: 'POST', signal }, actionDone),
  };
}
