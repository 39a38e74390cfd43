import { once } from 'node:events';
import { EnvError, parseEnv, sharedSettings } from '@inkqueue/shared/node/env';
import { createLogger } from '@inkqueue/shared/node/log';
import {
  closeConnection,
  connectOrFail,
  createProducerConnection,
  isRedisAway,
  RedisUnreachableError,
} from '@inkqueue/shared/node/redis';
import { z } from 'zod';
import { createFeedbackRecords } from './feedback/records.ts';

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
  for await (const record of createFeedbackRecords({ connection, prefix: env.QUEUE_PREFIX }).read()) {
    if (!process.stdout.write(`${JSON.stringify(record)}\n`)) await once(process.stdout, 'drain');
  }
  await closeConnection(connection);
}

// A reader that has seen enough, as `head` has, closes its end.
process.stdout.on('error', (err: NodeJS.ErrnoException) => process.exit(err.code === 'EPIPE' ? 0 : 1));

main().catch((err: unknown) => {
  const expected = err instanceof EnvError || err instanceof RedisUnreachableError || isRedisAway(err);
  process.stderr.write(
    `inkqueue feedback: ${err instanceof Error ? (expected ? err.message : err.stack) : err}\n`,
  );
  process.exit(1);
});
