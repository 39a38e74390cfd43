import type { Logger } from '@inkqueue/shared/node/log';
import type { Redis } from 'ioredis';
import type { Ids } from '../ids.ts';
import type { Submission } from '../intake/image.ts';
import { lookAtBacklog } from './backlog.ts';
import { createDeliveryQueue, DELIVERIES } from './delivery-queue.ts';
import { createForgetting } from './forgetting.ts';
import { createPendingBound } from './pending-bound.ts';

/** Deliveries that are given up at a time. */
const ROUND = 100;

export type Deliveries = ReturnType<typeof createDeliveries>;

/** The deliveries of one job's predictions. */
interface JobDeliveries {
  record(): Promise<void>;
  takeBack(): Promise<void>;
}

/** The deliveries of predictions to the webhooks of their clients, as an api records them. */
export function createDeliveries(options: {
  connection: Redis;
  prefix: string;
  ids: Pick<Ids, 'at'>;
  /** Most deliveries that have not ended. */
  max: number;
  log: Pick<Logger, 'debug'>;
}) {
  const { connection, prefix, ids, max, log } = options;
  const queue = createDeliveryQueue({ connection, prefix });
  queue.on('error', (error) => log.debug({ err: error }, 'queue connection'));

  const { forget } = createForgetting({ connection, prefix, queue });

  return {
    /**
     * The deliveries of a job's predictions, which do not exist yet; null where no image has a webhook. What is accepted once they are
     * recorded is delivered, whatever dies in between. A delivery whose prediction never comes to exist is dropped after a minute.
     */
    of(jobId: string, submissions: readonly Submission[]): JobDeliveries | null {
      const jobs = submissions.flatMap((submission, index) => {
        if (!('bytes' in submission) || submission.webhook === undefined) return [];
        const { webhook: url, trace } = submission;
        const data = { url, ...(trace !== undefined && { trace }) };
        return [{ name: 'deliver' as const, data, opts: { jobId: ids.at({ jobId, index }) } }];
      });
      if (jobs.length === 0) return null;
      return {
        record: () => queue.addBulk(jobs).then(() => {}),
        takeBack: () => forget(jobs.map(({ opts }) => opts.jobId)),
      };
    },
    /** Takes deliveries back; of one that a process attempts just now, no further attempt is made. */
    forget,
    /** Makes sure of room for one more. @throws ProblemError queue-full */
    requireRoom: createPendingBound({ queue, max }),
    /** Gives all deliveries up. @returns how many */
    async forgetAll(): Promise<number> {
      const key = `${prefix}:${DELIVERIES}`;
      const pending = await Promise.all([
        connection.lrange(`${key}:wait`, 0, -1),
        connection.zrange(`${key}:delayed`, '0', '-1'),
        connection.lrange(`${key}:active`, 0, -1),
      ]);
      const all = pending.flat();
      for (let from = 0; from < all.length; from += ROUND) await forget(all.slice(from, from + ROUND));
      return all.length;
    },
    backlog: () => lookAtBacklog({ connection, prefix, queue }),
    close: () => queue.close(),
  };
}
