import { existsSync } from 'node:fs';
import { parseEnv } from '@inkqueue/shared/node/env';
import { UserError } from '@inkqueue/shared/node/user-error';
import { claimDataDir } from './data-dir.ts';
import { freePort, requirePort } from './port.ts';
import { openProcessRecord, type ProcessRecord } from './processes/record.ts';
import { clearOrphans, requireGivenRedis, startPrivateRedis } from './provide-redis.ts';
import { apiRole, createStack, workerRoles } from './stack.ts';
import { startEnv } from './start-env.ts';
import { onStopSignals } from './stop-signals.ts';
import { complain, StartError, say } from './terminal.ts';
import { browserUrl, welcome } from './welcome.ts';

/** `npm start`: Redis, the api and the workers, until a signal ends them. */
export async function main(): Promise<void> {
  let record: ProcessRecord | null = null;
  let stopping = false;
  const closers: (() => void)[] = [];
  const stack = createStack({
    onLaunch: (name, pid) => record?.note(name, pid),
    onGiveUp: (error) => void fail(error),
  });

  async function end(exitCode: number): Promise<void> {
    stopping = true;
    const { clean } = await stack.stop();
    for (const close of closers.reverse()) close();
    process.exit(clean ? exitCode : 1);
  }

  async function fail(error: Error): Promise<void> {
    // While it stops, a start fails because its processes end: that needs no words.
    if (stopping) return;
    complain(error.message);
    await end(1);
  }

  process.on('exit', () => stack.kill());
  onStopSignals({
    first: () => {
      say('Stopping: what is running is finished first; a second Ctrl-C stops at once');
      void end(0);
    },
    again: (exitCode) => process.exit(exitCode),
  });

  try {
    if (existsSync('.env')) process.loadEnvFile('.env');
    const env = parseEnv(startEnv, process.env);
    const dataDir = env.REDIS_URL === undefined ? claimDataDir(env.DATA_DIR) : null;
    if (dataDir) {
      closers.push(dataDir.release);
      await clearOrphans(dataDir);
      record = openProcessRecord(dataDir.processes);
      closers.push(record.clear);
    }
    const port = env.PORT === 0 ? await freePort() : env.PORT;
    await requirePort(port, env.HOST);
    const redisUrl = dataDir
      ? await startPrivateRedis(env, dataDir, stack)
      : await requireGivenRedis(env.REDIS_URL ?? '');
    say(`Starting the api and ${env.WORKERS} worker${env.WORKERS === 1 ? '' : 's'}`);
    await stack.start(workerRoles(env, redisUrl), [apiRole(env, redisUrl, port)]);
    if (stopping) return;
    const url = browserUrl(env.HOST, port);
    dataDir?.announce(url);
    process.stdout.write(welcome({ url, logLevel: env.LOG_LEVEL, seconds: performance.now() / 1_000 }));
  } catch (err) {
    if (!(err instanceof StartError || err instanceof UserError)) throw err;
    await fail(err);
  }
}
