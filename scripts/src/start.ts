import { relative } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { connectOrFail } from '@inkqueue/shared/node/redis/connections';
import { redisServer } from '@inkqueue/shared/node/redis/server';
import { UserError } from '@inkqueue/shared/node/user-error';
import getPort from 'get-port';
import { Redis } from 'ioredis';
import { claimDataDir, type DataDir, REDIS } from './data-dir.ts';
import { requirePort } from './port.ts';
import { launchRole, type ProcessRole } from './processes/launch.ts';
import { type Role, type Supervised, supervise } from './processes/supervise.ts';
import { obtainRedisBinary } from './redis/obtain-binary.ts';
import { launchPrivateRedis, privateRedisUrl, REDIS_STOP_TIMEOUT_MS } from './redis/private-redis.ts';
import { readSettings, type StartEnv, startEnv } from './start-env.ts';
import { onStopSignals } from './stop-signals.ts';
import { complain, say } from './terminal.ts';
import { browserUrl, welcome } from './welcome.ts';

// `npm start`: Redis, the api, the workers, and webhooks where there are some, until a signal ends them.

/** A process gets this long past its own deadline to end before it is killed. */
const STOP_MARGIN_MS = 2_000;
/** After one process failed to start, others that start may fail for other reasons, for which the start waits no longer than this. */
const MORE_FAILURES_MS = 5_000;

/** Each layer needs the layers before it while it stops. */
const layers: Supervised[][] = [];
const complaints = new Set<string>();
/** Resolves once each process that was started last is ready or has failed. */
let started: Promise<unknown> = Promise.resolve();
let dataDir: DataDir | null = null;
/** Set once, to what ends this process. */
let ending: Promise<never> | null = null;
let stopping = false;

async function end(exitCode: number): Promise<never> {
  stopping = true;
  let clean = true;
  for (const layer of layers.toReversed()) {
    const ends = await Promise.all(layer.map((process) => process.stop()));
    clean &&= ends.every(({ forced }) => !forced);
  }
  dataDir?.release();
  process.exit(clean ? exitCode : 1);
}

/** Ends the start, with each distinct reason on the terminal. A process that fails while all stop needs no words. */
function fail(error: unknown): Promise<never> {
  if (!(error instanceof UserError)) throw error;
  if (!stopping && !complaints.has(error.message)) complain(error.message);
  complaints.add(error.message);
  ending ??= Promise.race([started, delay(MORE_FAILURES_MS)]).then(() => end(1));
  return ending;
}

/** Starts the processes of added layers side by side. Never resolves once this process is ending. */
async function start(...added: Role[][]): Promise<void> {
  if (ending) return ending;
  const events = {
    onLaunch: (name: string, pid: number) => dataDir?.noteProcess(name, pid),
  };
  const supervised = added.map((roles) => roles.map((role) => supervise(role, events)));
  layers.push(...supervised);
  const starts = supervised.flat().map((process) => process.start());
  started = Promise.allSettled(starts);
  await Promise.all(starts.map((start) => start.catch(fail)));
  if (ending) return ending;
}

async function startPrivateRedis(env: StartEnv, { redis: dir }: DataDir): Promise<string> {
  const binary = await obtainRedisBinary({ mayInstall: !env.INKQUEUE_NO_INSTALL });
  const port = await getPort();
  const url = privateRedisUrl(port);
  say(`Starting ${binary} on port ${port}, data in ${relative('.', dir)}`);
  dataDir?.noteAddress({ redisUrl: url });
  const launch = () =>
    launchPrivateRedis({ name: REDIS, binary, dir, port, durable: true, fsync: env.REDIS_FSYNC });
  const readyTimeoutMs = env.READY_TIMEOUT_MS;
  await start([{ name: REDIS, launch, readyTimeoutMs, stopTimeoutMs: REDIS_STOP_TIMEOUT_MS }]);
  return url;
}

function role(kind: ProcessRole, name: string, env: StartEnv, settings: NodeJS.ProcessEnv): Role {
  const childEnv = { NODE_ENV: 'production', ...process.env, LOG_LEVEL: env.LOG_LEVEL, ...settings };
  return {
    name,
    launch: () => launchRole(kind, { name, env: childEnv, echo: true }),
    readyTimeoutMs: env.READY_TIMEOUT_MS,
    stopTimeoutMs: env.SHUTDOWN_TIMEOUT_MS + STOP_MARGIN_MS,
  };
}

async function startAll(): Promise<void> {
  const env = readSettings(startEnv);
  const port = env.PORT === 0 ? await getPort() : env.PORT;
  if (env.REDIS_URL === undefined) {
    dataDir = await claimDataDir(env.DATA_DIR);
    if (dataDir.ended.length > 0) {
      say(`Ended what an earlier start had left running: ${dataDir.ended.join(', ')}`);
    }
  }
  await requirePort(port, env.HOST);
  const redisUrl = env.REDIS_URL ?? (await startPrivateRedis(env, dataDir!));
  const server = redisServer({ ...env, REDIS_URL: redisUrl });
  const client = new Redis(redisUrl, { ...server.options, lazyConnect: true, retryStrategy: () => null });
  await connectOrFail(client, server);
  client.disconnect();
  if (!dataDir) say(`Using Redis at ${server.name}`);

  say(`Starting the api and ${env.WORKERS} worker${env.WORKERS === 1 ? '' : 's'}`);
  const metricsPort = (place: number) => String(env.METRICS_PORT > 0 ? env.METRICS_PORT + place : 0);
  const workers = Array.from({ length: env.WORKERS }, (_, index) =>
    // Workers on one machine can't share the port of a health endpoint; their presence in Redis stands for it.
    role('worker', `worker ${index + 1}`, env, {
      REDIS_URL: redisUrl,
      HEALTH_PORT: '0',
      METRICS_PORT: metricsPort(index + 1),
      METRICS_HOST: env.METRICS_HOST ?? env.HOST,
    }),
  );
  const api = role('api', 'api', env, {
    REDIS_URL: redisUrl,
    PORT: String(port),
    HOST: env.HOST,
    METRICS_PORT: metricsPort(0),
    METRICS_HOST: env.METRICS_HOST ?? env.HOST,
  });
  const webhooks = role('webhooks', 'webhooks', env, {
    REDIS_URL: redisUrl,
    HEALTH_PORT: '0',
    METRICS_PORT: metricsPort(env.WORKERS + 1),
    METRICS_HOST: env.METRICS_HOST ?? env.HOST,
  });
  await start([...workers, ...(env.WEBHOOK_SECRET === undefined ? [] : [webhooks])], [api]);
  const url = browserUrl(env.HOST, port);
  dataDir?.noteAddress({ url });
  process.stdout.write(welcome({ url, logLevel: env.LOG_LEVEL, seconds: performance.now() / 1_000 }));
}

onStopSignals({
  first: () => {
    say('Stopping: running work is finished first; a second Ctrl-C stops at once');
    ending ??= end(0);
  },
  again: (exitCode) => process.exit(exitCode),
});
await startAll().catch(fail);
