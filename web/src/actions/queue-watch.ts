import type { ActivitySpan } from '@inkqueue/shared/contracts/activity';
import type { ActionName } from '@inkqueue/shared/contracts/console';
import { createConsoleClient } from '../api/console.ts';
import { delay } from '../api/delay.ts';
import type { JsonRequest } from '../api/request.ts';
import { RequestFailure } from '../api/request-failure.ts';
import type { Subscriptions } from '../api/subscriptions.ts';
import type { OperatorEvent, QueueEvent } from '../state/queue-place.ts';
import { createActivityWatch } from './activity-watch.ts';

/** Points of a minute and of a quarter of an hour change slowly. */
const LONGER_EVERY_MS = 10_000;
const CONSOLE_EVERY_MS = 2_000;

/** What cannot be taken back is asked for twice. */
const FOR_GOOD: ReadonlySet<ActionName> = new Set(['purge']);

export type QueueWatch = ReturnType<typeof createQueueWatch>;

/** What people can do at the page of the queue. It asks the service only while somebody sees it, between `start` and `stop`. */
export function createQueueWatch(options: {
  request: JsonRequest;
  subscribe: Subscriptions['subscribe'];
  emit: (event: QueueEvent) => void;
}) {
  const { request, subscribe, emit } = options;
  const client = createConsoleClient(request);
  const watch = createActivityWatch({ subscribe, emit: (event) => emit({ type: 'activity', event }) });
  const operator = (event: OperatorEvent) => emit({ type: 'operator', event });
  let visible = true;
  let longer = new AbortController();
  let console = new AbortController();

  /** Looks again and again; `look` returns whether to go on. */
  async function follow(signal: AbortSignal, everyMs: number, look: () => Promise<boolean>): Promise<void> {
    let goesOn = true;
    while (goesOn && !signal.aborted) {
      if (visible) goesOn = await look();
      await delay(everyMs, signal);
    }
  }

  async function lookBack(span: ActivitySpan, signal: AbortSignal): Promise<boolean> {
    try {
      emit({ type: 'longer', span, activity: await client.activity(span, signal) });
    } catch (error) {
      // The live topic says what is wrong with the service.
      if (!signal.aborted && !(error instanceof RequestFailure)) throw error;
    }
    return true;
  }

  async function lookIn(signal: AbortSignal): Promise<boolean> {
    try {
      const seen = await client.state(signal);
      operator({ type: 'seen', seen });
      return true;
    } catch (error) {
      if (signal.aborted) return false;
      if (!(error instanceof RequestFailure)) throw error;
      if (error.retryable) return true;
      operator({ type: 'shut-out', failure: refusalOf(error) });
      return false;
    }
  }

  async function act(action: ActionName): Promise<void> {
    operator({ type: 'acting', action });
    const { signal } = console;
    try {
      const done = await client.act(action, signal);
      operator({ type: 'done', done });
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof RequestFailure)) throw error;
      operator({ type: 'failed', failure: error.code });
    }
    await lookIn(signal);
  }

  return {
    start: (): void => watch.setOpen(true),
    stop(): void {
      watch.setOpen(false);
      longer.abort();
      console.abort();
    },
    setVisible(next: boolean): void {
      visible = next;
      watch.setVisible(next);
    },
    choose(span: ActivitySpan): void {
      emit({ type: 'span', span });
      longer.abort();
      longer = new AbortController();
      const { signal } = longer;
      if (span !== 'minutes') void follow(signal, LONGER_EVERY_MS, () => lookBack(span, signal));
    },
    /** The browser asks for the console's password, unless it knows it. */
    async enter(): Promise<void> {
      operator({ type: 'entering' });
      console.abort();
      console = new AbortController();
      const { signal } = console;
      await follow(signal, CONSOLE_EVERY_MS, () => lookIn(signal));
    },
    /** Acts, or asks once more first. */
    async ask(action: ActionName): Promise<void> {
      if (FOR_GOOD.has(action)) operator({ type: 'asked', action });
      else await act(action);
    },
    confirm: act,
    takeBack: (): void => operator({ type: 'taken-back' }),
  };
}

/** A refusal without a problem document is the gate's: it takes the password alone. */
function refusalOf({ code }: RequestFailure) {
  return code === 'unexpected-response' ? 'wrong-password' : code;
}
