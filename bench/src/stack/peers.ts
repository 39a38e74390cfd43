import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { type Launched, launch } from '@inkqueue/scripts/launch';
import { createPrivateRedis } from '@inkqueue/scripts/private-redis';
import { UserError } from '@inkqueue/shared/node/user-error';
import getPort from 'get-port';
import type { Contender, Running } from './contender.ts';
import { responds, waitUntil } from './processes.ts';

const PEERS = resolve('bench/peers');
const READY_TIMEOUT_MS = 120_000;
const STOP_TIMEOUT_MS = 15_000;

const fastapi = (workers: number): Contender => ({
  name: `fastapi-${workers}`,
  title: `FastAPI + PyTorch in process, ${workers} uvicorn ${workers === 1 ? 'worker' : 'workers'}`,
  paths: ['/predict', '/predict-threaded'],
  async start() {
    const port = await getPort();
    return serve(port, [python('uvicorn', uvicornArgs('fastapi_app:app', port, workers))]);
  },
});

const celery: Contender = {
  name: 'celery',
  title: 'FastAPI + Celery + Redis, 2 worker processes',
  paths: ['/predict'],
  async start() {
    const redis = await createPrivateRedis({ durable: false, mayInstall: true });
    const port = await getPort();
    const env = { REDIS_URL: `${redis.url}/0` };
    const queue = ['--app', 'celery_tasks', 'worker', '--concurrency', '2', '--loglevel', 'WARNING'];
    const served = await serve(port, [
      python('celery', queue, env),
      python('uvicorn', uvicornArgs('celery_app:app', port, 1), env),
    ]);
    return {
      ...served,
      groups: [...served.groups, redis.pid()],
      stop: async () => {
        await served.stop();
        await redis.remove();
      },
    };
  },
};

const litserve: Contender = {
  name: 'litserve',
  title: 'LitServe, 2 inference workers',
  paths: ['/predict'],
  // Its processes poll their queues.
  restless: true,
  async start() {
    const port = await getPort();
    return serve(port, [
      python('python', [join(PEERS, 'litserve_server.py'), '--port', String(port), '--workers', '2']),
    ]);
  },
};

export const peers: readonly Contender[] = [fastapi(1), fastapi(2), celery, litserve];

/** Creates the peers' Python environment where it is missing. @throws UserError when that fails */
export function preparePeers(): void {
  const { status } = spawnSync('sh', [join(PEERS, 'setup.sh')], { stdio: 'inherit' });
  if (status !== 0)
    throw new UserError('bench/peers/setup.sh failed; install Python 3.10 or later with venv');
}

function uvicornArgs(app: string, port: number, workers: number): string[] {
  const listen = ['--host', '127.0.0.1', '--port', String(port), '--workers', String(workers)];
  return [app, ...listen, '--log-level', 'warning', '--no-access-log'];
}

function python(name: string, args: readonly string[], env: Record<string, string> = {}): Launched {
  return launch({
    name,
    program: resolve('bench/.venv/bin', name),
    args,
    env: { ...process.env, PYTHONPATH: PEERS, PYTHONDONTWRITEBYTECODE: '1', ...env },
  });
}

async function serve(port: number, processes: Launched[]): Promise<Running> {
  const url = `http://127.0.0.1:${port}`;
  await waitUntil(() => responds(url), {
    processes,
    timeoutMs: READY_TIMEOUT_MS,
    what: processes.map(({ child }) => child.spawnargs.slice(0, 2).join(' ')).join(' and '),
  });
  return {
    url,
    groups: processes.map(({ pid }) => pid),
    stop: async () => void (await Promise.all(processes.map((launched) => launched.stop(STOP_TIMEOUT_MS)))),
  };
}
