import { type ActionName, actionName } from '@inkqueue/shared/contracts/console';
import type { Operations } from '../queue/operations.ts';
import type { Audit } from './audit.ts';

export type OperatorAction = ActionName | 'purge-deliveries';

interface Action {
  about: string;
  /** @returns how many predictions it was about; null where it is about the queue itself */
  run: (operations: Operations) => Promise<number | null>;
  /** What came of it, in words. */
  done: (count: number) => string;
}

/** What an operator can do, by the name that the console, the page and `npm run queue` share; the last ones are of the program alone. */
const ACTIONS: Record<OperatorAction, Action> = {
  pause: {
    about: 'Workers take nothing more. Pictures are still taken in.',
    run: (operations) => operations.pause().then(() => null),
    done: () => 'Workers take nothing more; what they have they finish.',
  },
  drain: {
    about: 'No picture is taken in, and what waits is read.',
    run: (operations) => operations.drain().then(() => null),
    done: () => 'No picture is taken in; what waits is read.',
  },
  resume: {
    about: 'Ends a pause and a drain.',
    run: (operations) => operations.resume().then(() => null),
    done: () => 'Pictures are taken in and read.',
  },
  purge: {
    about: 'Cancels all predictions that wait.',
    run: (operations) => operations.purge(),
    done: (count) => counted(count, 'that waited', 'canceled'),
  },
  'retry-failed': {
    about: 'Reads again what failed by the service’s fault and is kept.',
    run: (operations) => operations.retryFailed(),
    done: (count) => counted(count, '', 'read again'),
  },
  'purge-deliveries': {
    about: 'Gives up all deliveries to webhooks that have not ended.',
    run: (operations) => operations.purgeDeliveries(),
    done: (count) => `${count} ${count === 1 ? 'delivery is' : 'deliveries are'} given up.`,
  },
};

export const ACTION_NAMES = actionName.options;
export const isActionName = (name: string): name is ActionName => actionName.safeParse(name).success;
export const isOperatorAction = (name: string): name is OperatorAction => Object.hasOwn(ACTIONS, name);
export const OPERATOR_ACTIONS = Object.keys(ACTIONS).filter(isOperatorAction);
export const aboutAction = (name: OperatorAction): string => ACTIONS[name].about;

/** Does what the operator asks, and notes it. @param by who asks, for the audit @returns what came of it, also in words */
export async function act<Name extends OperatorAction>(
  name: Name,
  by: string,
  { operations, audit }: { operations: Operations; audit: Audit },
): Promise<{ action: Name; count: number | null; result: string }> {
  try {
    const count = await ACTIONS[name].run(operations);
    const result = ACTIONS[name].done(count ?? 0);
    await audit.note({ action: name, by, result });
    return { action: name, count, result };
  } catch (error) {
    // What an action had done when it broke off stays done.
    await audit.note({ action: name, by, result: 'It broke off.' }).catch(() => {});
    throw error;
  }
}

/** “1 prediction that waited is canceled.” */
function counted(count: number, which: string, done: string): string {
  const subject = count === 1 ? 'prediction' : 'predictions';
  return [count, subject, which, count === 1 ? 'is' : 'are', `${done}.`]
    .filter((word) => word !== '')
    .join(' ');
}
