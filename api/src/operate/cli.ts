import { userInfo } from 'node:os';
import { parseEnv, sharedSettings } from '@inkqueue/shared/node/env';
import { createLogger } from '@inkqueue/shared/node/log';
import { listWorkers } from '@inkqueue/shared/node/presence';
import { followRedisClock } from '@inkqueue/shared/node/redis/clock';
import {
  closeConnection,
  connectOrFail,
  createProducerConnection,
  isRedisAway,
} from '@inkqueue/shared/node/redis/connections';
import { redisServer, redisSettings } from '@inkqueue/shared/node/redis/server';
import { runMain, UserError } from '@inkqueue/shared/node/user-error';
import { z } from 'zod';
import { openOperations } from '../queue/open-operations.ts';
import { aboutAction, act, isOperatorAction, OPERATOR_ACTIONS } from './actions.ts';
import { createAudit } from './audit.ts';
import { describeStatus } from './status.ts';

const operatorEnv = z.object({
  ...redisSettings,
  QUEUE_PREFIX: sharedSettings.QUEUE_PREFIX,
});

/** Entries of the audit that `audit` writes. */
const AUDIT_LINES = 20;

const USAGE = [
  'usage: npm run queue -- COMMAND',
  '  status               what waits and runs, and which workers are ready',
  ...OPERATOR_ACTIONS.map((name) => `  ${name.padEnd(20)} ${aboutAction(name)}`),
  '  delete PREDICTION    Deletes a prediction with all that it has.',
  '  audit                what operators did last',
].join('\n');

/** A program for the operator: looks at the queue and acts on it, without the api. */
async function main(): Promise<void> {
  const [command = '', subject, ...more] = process.argv.slice(2);
  const isKnown = ['status', 'audit'].includes(command) || isOperatorAction(command);
  const isWhole = command === 'delete' ? subject !== undefined && more.length === 0 : isKnown && !subject;
  if (!isWhole) throw new UserError(USAGE);

  const env = parseEnv(operatorEnv, process.env);
  // Standard output holds the answer alone; what an action does stands in the audit.
  const log = createLogger({ name: 'queue', level: 'silent' });
  const server = redisServer(env);
  const connection = createProducerConnection({ server, role: 'operator', log });
  await connectOrFail(connection, server);
  const prefix = env.QUEUE_PREFIX;
  await followRedisClock({ connection, log });
  const { operations, close } = await openOperations({ connection, prefix, log });
  const audit = createAudit({ connection, prefix, log });
  const by = `${userInfo().username}, at a terminal`;

  async function run(): Promise<string> {
    if (isOperatorAction(command)) return (await act(command, by, { operations, audit })).result;
    if (command === 'delete') {
      if (!(await operations.delete(subject!))) throw new UserError(`no prediction has the id ${subject}`);
      await audit.note({ action: 'delete', by, result: subject! });
      return `${subject} is deleted.`;
    }
    if (command === 'audit') {
      const entries = await audit.list(AUDIT_LINES);
      return entries
        .map((entry) => `${entry.at}  ${entry.action}  (${entry.by}): ${entry.result}`)
        .join('\n');
    }
    const [queue, workers] = await Promise.all([operations.look(), listWorkers({ connection, prefix, log })]);
    return describeStatus(queue, { workers, now: Date.now() });
  }

  try {
    process.stdout.write(`${await run()}\n`);
  } catch (error) {
    if (error instanceof Error && isRedisAway(error)) throw new UserError(error.message, { cause: error });
    throw error;
  }
  await close();
  await closeConnection(connection);
  process.exit();
}

runMain('queue', main);
