import type { Logger } from '@inkqueue/shared/node/log';
import { closeConsumer, whileRedisAnswers } from '@inkqueue/shared/node/redis/closing';
import type { Redis } from 'ioredis';
import { createJobQueue, createQueueEvents } from '../bullmq.ts';
import { createJobEvents } from '../jobs/job-events.ts';
import { createJobRecords } from '../jobs/job-records.ts';
import { createRedisMemory } from '../redis-memory.ts';
import { createWaits } from '../waits.ts';
import { createDeliveryConsumer } from './consumer.ts';
import { createDeliveryQueue } from './delivery-queue.ts';
import { createForgetting } from './forgetting.ts';
import { wakeAll } from './waking.ts';

/**
 * The queues for the process that delivers: the predictions' events say when one has ended.
 *
 * @param options.connection for everything but `eventsConnection`, the one reader of the queue's events
 * @param options.resultTtlMs how long finished predictions stay
 * @param options.concurrency most attempts at once
 */
export async function openDelivering(
  options: Omit<
    Parameters<typeof createDeliveryConsumer>[0],
    'states' | 'waits' | 'isForgotten' | 'hasRoom'
  > & {
    eventsConnection: Redis;
    resultTtlMs: number;
    log: Logger;
  },
) {
  const { eventsConnection, resultTtlMs, ...rest } = options;
  const { connection, prefix, log } = rest;
  const memory = createRedisMemory({ connection, log });
  await memory.look();
  const queue = createJobQueue({ connection, prefix });
  queue.on('error', (error) => log.debug({ err: error }, 'queue connection'));
  const records = createJobRecords({ connection, prefix, queue, resultTtlMs });
  const events = await createQueueEvents({ connection: eventsConnection, prefix });
  events.on('error', (error) => log.debug({ err: error }, 'events connection'));
  await events.waitUntilReady();
  const waits = createWaits();
  waits.follow(createJobEvents({ events, records, log }));
  const deliveries = createDeliveryQueue({ connection, prefix });
  deliveries.on('error', (error) => log.debug({ err: error }, 'queue connection'));
  const { isForgotten } = createForgetting({ connection, prefix, queue: deliveries });
  const consumer = createDeliveryConsumer({
    ...rest,
    states: records.states,
    waits,
    isForgotten,
    // Redis's last memory is for taking and finishing jobs.
    hasRoom: memory.hasRoomForUploads,
  });
  await consumer.waitUntilReady();

  return {
    isRunning: (): boolean => consumer.isRunning() && !consumer.closing,
    /** Delivers until `close`. Rejects when a reader of one of the queues ends before. */
    async run(): Promise<void> {
      const running = [events.run(), consumer.run()].map((reader) =>
        reader.catch((error: unknown) => {
          if (!consumer.closing) throw error;
        }),
      );
      wakeAll({ connection, prefix, queue: deliveries, log }).catch((error: unknown) => {
        log.warn({ err: error }, 'could not wake the deliveries that sleep');
      });
      await Promise.all(running);
    },
    /** Takes nothing more and waits for the attempts under way. */
    async close(): Promise<void> {
      memory.close();
      await closeConsumer(connection, consumer);
      await whileRedisAnswers(eventsConnection, events.close());
      await Promise.all([queue.close(), deliveries.close()]);
    },
  };
}
