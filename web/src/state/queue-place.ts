import type { Activity, ActivitySpan } from '@inkqueue/shared/contracts/activity';
import type { ActionDone, ActionName, ConsoleState } from '@inkqueue/shared/contracts/console';
import { type ActivityEvent, type ActivityState, CLOSED_ACTIVITY, nextActivity } from './activity.ts';
import type { FailureCode } from './prediction/failure.ts';

/** What the page knows of an operator, who has the console's password. */
export interface OperatorState {
  /** Asking for the password is the browser's own matter. */
  phase: 'out' | 'entering' | 'in';
  /** What operators alone see; null until it comes. */
  seen: ConsoleState | null;
  /** Why the last request failed; null where it did not. */
  failure: FailureCode | 'wrong-password' | null;
  /** The action that is asked for a second time, because it cannot be taken back. */
  asked: ActionName | null;
  /** The action under way. */
  acting: ActionName | null;
  /** The last action and what came of it. */
  done: ActionDone | null;
}

/** What the page shows of the queue. */
export interface QueuePlace {
  /** The last five minutes, live. */
  activity: ActivityState;
  span: ActivitySpan;
  /** The activity with the points of a longer span; null while it is not there. */
  longer: Activity | null;
  operator: OperatorState;
}

export type OperatorEvent =
  | { type: 'entering' }
  | { type: 'seen'; seen: ConsoleState }
  | { type: 'shut-out'; failure: OperatorState['failure'] }
  | { type: 'asked'; action: ActionName }
  | { type: 'taken-back' }
  | { type: 'acting'; action: ActionName }
  | { type: 'done'; done: ActionDone }
  | { type: 'failed'; failure: FailureCode };

export type QueueEvent =
  | { type: 'activity'; event: ActivityEvent }
  | { type: 'span'; span: ActivitySpan }
  | { type: 'longer'; span: ActivitySpan; activity: Activity }
  | { type: 'operator'; event: OperatorEvent };

const NO_OPERATOR: OperatorState = {
  phase: 'out',
  seen: null,
  failure: null,
  asked: null,
  acting: null,
  done: null,
};

export const FIRST_LOOK: QueuePlace = {
  activity: CLOSED_ACTIVITY,
  span: 'minutes',
  longer: null,
  operator: NO_OPERATOR,
};

/** The state after `event`. Pure. Points of a span that is no longer chosen are late, and dropped. */
export function nextQueuePlace(state: QueuePlace, event: QueueEvent): QueuePlace {
  switch (event.type) {
    case 'activity':
      return { ...state, activity: nextActivity(state.activity, event.event) };
    case 'span':
      return state.span === event.span ? state : { ...state, span: event.span, longer: null };
    case 'longer':
      return state.span === event.span ? { ...state, longer: event.activity } : state;
    case 'operator':
      return { ...state, operator: nextOperator(state.operator, event.event) };
  }
}

function nextOperator(state: OperatorState, event: OperatorEvent): OperatorState {
  switch (event.type) {
    case 'entering':
      return { ...state, phase: 'entering', failure: null };
    case 'seen':
      return { ...state, phase: 'in', seen: event.seen, failure: null };
    case 'shut-out':
      return { ...NO_OPERATOR, failure: event.failure };
    case 'asked':
      return { ...state, asked: event.action, done: null };
    case 'taken-back':
      return { ...state, asked: null };
    case 'acting':
      return { ...state, asked: null, acting: event.action, done: null, failure: null };
    case 'done':
      return { ...state, acting: null, done: event.done };
    case 'failed':
      return { ...state, acting: null, failure: event.failure };
  }
}

/** The activity whose points are shown: while a longer span is not there, none. */
export function shownActivity({ span, longer, activity }: QueuePlace): Activity | null {
  return span === 'minutes' ? activity.snapshot : longer;
}
