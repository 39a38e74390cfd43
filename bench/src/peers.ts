import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { freePort } from '../../scripts/dist/port.js';
import type { Contender, Running } from './contender.ts';
import { launchGroup, ServiceError, stopGroup, waitUntil } from './processes.ts';
import { startRedis } from './redis-server.ts';

const PEERS = resolve('bench/peers');
const READY_TIMEOUT_MS = 120_000;

const fastapi = (workers: number): Contender => ({
  name: `fastapi-${workers}`,
  title: `FastAPI + PyTorch in process, ${workers} uvicorn ${workers === 1 ? 'worker' : 'workers'}`,
  paths: ['/predict', '/predict-threaded'],
  async start() {
    const port = await freePort();
    return serve(port, [python('uvicorn', uvicornArgs('fastapi_app:app', port, workers))]);
  },
});

const celery: Contender = {
  name: 'celery',
  title: 'FastAPI + Celery + Redis, 2 worker processes',
  paths: ['/predict'],
  async start() {
    const redis = await startRedis({ durable: false });
    const port = await freePort();
    const env = { REDIS_URL: `${redis.url}/0` };
    const queue = ['--app', 'celery_tasks', 'worker', '--concurrency', '2', '--loglevel', 'WARNING'];
    const served = await serve(port, [
      python('celery', queue, env),
      python('uvicorn', uvicornArgs('celery_app:app', port, 1), env),
    ]);
    return {
      ...served,
      groups: [...served.groups, redis.pid],
      stop: async () => {
        await served.stop();
        await redis.stop();
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
    const port = await freePort();
    return serve(port, [
      python('python', [join(PEERS, 'litserve_server.py'), '--port', String(port), '--workers', '2']),
    ]);
  },
};

export const peers: readonly Contender[] = [fastapi(1), fastapi(2), celery, litserve];

/** Makes the peers' Python environment where it is missing. @throws ServiceError */
export function preparePeers(): void {
  const { status } = spawnSync('sh', [join(PEERS, 'setup.sh')], { stdio: 'inherit' });
  if (status !== 0)
    throw new ServiceError('bench/peers/setup.sh failed: Python 3.10 or later with venv is needed');
}

function uvicornArgs(app: string, port: number, workers: number): string[] {
  const listen = ['--host', '127.0.0.1', '--port', String(port), '--workers', String(workers)];
  return [app, ...listen, '--log-level', 'warning', '--no-access-log'];
}

function python(program: string, args: readonly string[], env: Record<string, string> = {}) {
  return launchGroup({
    program: resolve('bench/.venv/bin', program),
    args,
    env: { ...process.env, PYTHONPATH: PEERS, PYTHONDONTWRITEBYTECODE: '1', ...env },
  });
}

async function serve(port: number, processes: ReturnType<typeof launchGroup>[]): Promise<Running> {
  const url = `http://127.0.0.1:${port}`;
  await waitUntil(() => answers(url), {
    processes,
    timeoutMs: READY_TIMEOUT_MS,
    what: processes.map(({ child }) => child.spawnargs.slice(0, 2).join(' ')).join(' and '),
  });
  return {
    url,
    groups: processes.map(({ pid }) => pid),
    stop: async () => void (await Promise.all(processes.map(stopGroup))),
  };
}

async function answers(url: string): Promise<boolean> {
  try {
    await fetch(url);
    return true;
  } catch (err) {
    if (err instanceof TypeError) return false;
    throw err;
  }
}
