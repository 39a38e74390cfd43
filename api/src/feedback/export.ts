import { once } from 'node:events';
import { parseEnv, sharedSettings } from '@inkqueue/shared/node/env';
import { createLogger } from '@inkqueue/shared/node/log';
import {
  closeConnection,
  connectOrFail,
  createProducerConnection,
  isRedisAway,
} from '@inkqueue/shared/node/redis';
import { runMain, UserError } from '@inkqueue/shared/node/user-error';
import { z } from 'zod';
import { createFeedbackRecords } from './records.ts';

const exportEnv = z.object({
  REDIS_URL: sharedSettings.REDIS_URL,
  QUEUE_PREFIX: sharedSettings.QUEUE_PREFIX,
});

/**
 * A program for the operator: writes all feedback to standard output, a JSON object a line. It reads no faster than its
 * output is taken. The ids in it let whoever has them read those predictions that are still kept.
 */
async function main(): Promise<void> {
  const env = parseEnv(exportEnv, process.env);
  // Standard output belongs to the lines.
  const log = createLogger({ name: 'feedback', level: 'silent' });
  const connection = createProducerConnection({ url: env.REDIS_URL, role: 'feedback', log });
  await connectOrFail(connection, env.REDIS_URL);
  try {
    for await (const record of createFeedbackRecords({ connection, prefix: env.QUEUE_PREFIX }).read()) {
      if (!process.stdout.write(`${JSON.stringify(record)}\n`)) await once(process.stdout, 'drain');
    }
  } catch (error) {
    if (error instanceof Error && isRedisAway(error)) throw new UserError(error.message, { cause: error });
    throw error;
  }
  await closeConnection(connection);
}

// A reader that has seen enough, as `head` has, closes its end.
process.stdout.on('error', (err: NodeJS.ErrnoException) => process.exit(err.code === 'EPIPE' ? 0 : 1));

runMain('feedback', main);
