import { once } from 'node:events';
import { parseEnv, sharedSettings } from '@inkqueue/shared/node/env';
import { createLogger } from '@inkqueue/shared/node/log';
import {
  closeConnection,
  connectOrFail,
  createProducerConnection,
  isRedisAway,
} from '@inkqueue/shared/node/redis/connections';
import { redisServer, redisSettings } from '@inkqueue/shared/node/redis/server';
import { runMain, UserError } from '@inkqueue/shared/node/user-error';
import { z } from 'zod';
import { createFeedbackRecords } from './records.ts';

const exportEnv = z.object({
  ...redisSettings,
  QUEUE_PREFIX: sharedSettings.QUEUE_PREFIX,
});

/**
 * A program for the operator: writes all feedback to standard output, one JSON object a line, no faster than its reader
 * takes it. The ids in the output give access to the predictions that are still kept.
 */
async function main(): Promise<void> {
  const env = parseEnv(exportEnv, process.env);
  // Standard output holds the feedback alone.
  const log = createLogger({ name: 'feedback', level: 'silent' });
  const server = redisServer(env);
  const connection = createProducerConnection({ server, role: 'feedback', log });
  await connectOrFail(connection, server);
  try {
    for await (const record of createFeedbackRecords({ connection, prefix: env.QUEUE_PREFIX }).readAll()) {
      if (!process.stdout.write(`${JSON.stringify(record)}\n`)) await once(process.stdout, 'drain');
    }
  } catch (error) {
    if (error instanceof Error && isRedisAway(error)) throw new UserError(error.message, { cause: error });
    throw error;
  }
  await closeConnection(connection);
}

// A reader such as `head` closes its end when it has enough.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

runMain('feedback', main);
