import type { Activity } from '@inkqueue/shared/contracts/activity';
import type { BatchProgress } from '@inkqueue/shared/contracts/batch';
import type { Snapshot, Topic } from '@inkqueue/shared/contracts/live';
import { isFinal, type Prediction } from '@inkqueue/shared/contracts/prediction';
import type { CurrentActivity } from '../activity/activity.ts';
import type { Batches } from '../batches/batches.ts';
import type { Predictions } from '../predictions/predictions.ts';

/** Subscribers of a batch get its progress at most this often, and its end at once. */
const BATCH_UPDATE_MS = 100;
const ACTIVITY_UPDATE_MS = 1_000;

/** One thing of a topic, kept current while someone is subscribed to it. */
export interface Source<S> {
  now(): S;
  close(): void;
}

/** Where a topic's snapshots come from. */
export interface TopicSource<S> {
  /**
   * Keeps one thing of the topic current and calls `publish` with each later snapshot.
   *
   * @param id undefined for a topic that has one thing only
   * @throws ProblemError where there is none of this id
   */
  open(id: string | undefined, publish: (snapshot: S) => void): Promise<Source<S>>;
  /** Whether no other snapshot follows. */
  isLast(snapshot: S): boolean;
  /** Whether a slow connection may miss a snapshot. */
  volatile: boolean;
}

export type TopicSources = { [T in Topic]: TopicSource<Snapshot<T>> };

/** @param options.report is given errors that nobody else handles */
export function createTopicSources(options: {
  predictions: Pick<Predictions, 'subscribe'>;
  batches: Pick<Batches, 'subscribe'>;
  activity: Pick<CurrentActivity, 'now' | 'refresh'>;
  report: (error: unknown) => void;
}): TopicSources {
  const { predictions, batches, activity, report } = options;
  return {
    prediction: {
      async open(id = '', publish) {
        const { now, unsubscribe } = await predictions.subscribe(id, publish);
        return { now, close: unsubscribe };
      },
      isLast: ({ status }: Prediction) => isFinal(status),
      volatile: false,
    },
    batch: {
      async open(id = '', publish) {
        let timer: NodeJS.Timeout | null = null;
        let look: NodeJS.Immediate | null = null;
        function stop(): void {
          if (timer) clearTimeout(timer);
          if (look) clearImmediate(look);
          timer = null;
          look = null;
        }
        function tell(progress: BatchProgress): void {
          stop();
          publish(progress);
        }
        const { now, unsubscribe } = await batches.subscribe(id, (progress, hasEnded) => {
          timer ??= setTimeout(() => tell(progress()), BATCH_UPDATE_MS);
          // The end does not wait. The predictions of a job change in one turn, and are looked at together.
          look ??= setImmediate(() => {
            look = null;
            if (!hasEnded()) return;
            const last = progress();
            if (last.finished) tell(last);
          });
        });
        return {
          now,
          close() {
            stop();
            unsubscribe();
          },
        };
      },
      isLast: ({ finished }: BatchProgress) => finished,
      volatile: false,
    },
    activity: {
      async open(_, publish) {
        let latest: Activity = await activity.now();
        const timer = setInterval(async () => {
          try {
            latest = await activity.refresh();
            publish(latest);
          } catch (error) {
            report(error);
          }
        }, ACTIVITY_UPDATE_MS);
        return { now: () => latest, close: () => clearInterval(timer) };
      },
      isLast: () => false,
      // A second later the snapshot would be old.
      volatile: true,
    },
  };
}
