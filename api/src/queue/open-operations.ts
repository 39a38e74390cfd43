import { createCounts } from '@inkqueue/shared/node/counts';
import type { Logger } from '@inkqueue/shared/node/log';
import { createUploads } from '@inkqueue/shared/node/uploads';
import { UserError } from '@inkqueue/shared/node/user-error';
import type { Redis } from 'ioredis';
import { createJobQueue, EVENTS_KEPT } from './bullmq.ts';
import { createDeliveries } from './deliveries/deliveries.ts';
import { createEnds } from './ends/ends.ts';
import { hasIdSecret, loadIdSecret } from './id-secret.ts';
import { createIds } from './ids.ts';
import { createDrain } from './intake/drain.ts';
import { createJobRecords } from './jobs/job-records.ts';
import { createOldestWaiting } from './oldest-waiting.ts';
import { createOperations } from './operations.ts';

/** A program asks no result that may have grown too old. */
const RESULT_TTL_MS = Number.POSITIVE_INFINITY;

/**
 * The queue for a program of the operator, beside the api processes: without the upkeep of results and images that they do.
 *
 * @throws UserError where no api has used the prefix in this Redis
 */
export async function openOperations(options: { connection: Redis; prefix: string; log: Logger }) {
  const { connection, prefix, log } = options;
  if (!(await hasIdSecret({ connection, prefix })))
    throw new UserError(`no service uses the prefix ${prefix} in this Redis (QUEUE_PREFIX)`);
  const ids = createIds((await loadIdSecret({ connection, prefix })).secret);
  const uploads = createUploads({ connection, prefix });
  const queue = createJobQueue({ connection, prefix });
  queue.on('error', (error) => log.debug({ err: error }, 'queue connection'));
  const records = createJobRecords({ connection, prefix, queue, resultTtlMs: RESULT_TTL_MS });
  const counts = createCounts({ connection, prefix, log });
  const ends = createEnds({
    connection,
    prefix,
    queue,
    uploads,
    counts,
    records,
    eventsKept: EVENTS_KEPT,
    log,
  });
  const drain = createDrain({ connection, prefix, log });
  const deliveries = createDeliveries({ connection, prefix, ids, log, max: 0 });
  await drain.look();
  return {
    operations: createOperations({
      connection,
      prefix,
      queue,
      uploads,
      records,
      ends,
      ids,
      drain,
      deliveries,
      oldestWaitingAt: createOldestWaiting({ connection, prefix }),
    }),
    async close(): Promise<void> {
      ends.close();
      drain.close();
      await counts.close();
      await Promise.all([queue.close(), deliveries.close()]);
    },
  };
}
