import { join } from 'node:path';
import { createPrivateRedis } from '@inkqueue/scripts/private-redis';
import getPort from 'get-port';
import type { Image } from '../load/images.ts';
import type { Upload } from '../load/multipart.ts';
import type { Contender } from './contender.ts';
import { PEERS, python, serve } from './python.ts';

const fastapi = (workers: number): Contender => ({
  name: `fastapi-${workers}`,
  title: `FastAPI + PyTorch in process, ${workers} uvicorn ${workers === 1 ? 'worker' : 'workers'}`,
  paths: ['/predict', '/predict-threaded'],
  async start() {
    const port = await getPort();
    return serve({ port, processes: [python('uvicorn', uvicornArgs('fastapi_app:app', port, workers))] });
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
    const processes = [
      python('celery', queue, { env }),
      python('uvicorn', uvicornArgs('celery_app:app', port, 1), { env }),
    ];
    const served = await serve({ port, processes });
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
    const args = [join(PEERS, 'litserve_server.py'), '--port', String(port), '--workers', '2'];
    return serve({ port, processes: [python('python', args)] });
  },
};

const bentoml: Contender = {
  name: 'bentoml',
  title: 'BentoML, 2 workers, adaptive batching',
  paths: ['/predict'],
  async start() {
    const port = await getPort();
    const args = ['serve', 'bentoml_service:Digits', '--host', '127.0.0.1', '--port', String(port)];
    const env = { WORKERS: '2', BENTOML_DO_NOT_TRACK: 'True' };
    return serve({ port, processes: [python('bentoml', args, { env })], readyPath: '/readyz' });
  },
};

const mlserver: Contender = {
  name: 'mlserver',
  title: 'MLServer, 2 inference workers, adaptive batching',
  paths: ['/v2/models/digits/infer'],
  toUpload: inferenceRequest,
  digitPattern: /"name":"predicted_digit",[^}]*},"data":\[\d\]/,
  async start() {
    const [port, grpcPort] = [await getPort(), await getPort()];
    const env = {
      MLSERVER_HOST: '127.0.0.1',
      MLSERVER_HTTP_PORT: String(port),
      MLSERVER_GRPC_PORT: String(grpcPort),
      MLSERVER_PARALLEL_WORKERS: '2',
    };
    const process = python('mlserver', ['start', join(PEERS, 'mlserver')], { env, venv: '.venv-mlserver' });
    return serve({ port, processes: [process], readyPath: '/v2/models/digits/ready' });
  },
};

export const peers: readonly Contender[] = [fastapi(1), fastapi(2), celery, litserve, bentoml, mlserver];

function uvicornArgs(app: string, port: number, workers: number): string[] {
  const listen = ['--host', '127.0.0.1', '--port', String(port), '--workers', String(workers)];
  return [app, ...listen, '--log-level', 'warning', '--no-access-log'];
}

/** An image in the Open Inference Protocol, which is what MLServer batches. */
function inferenceRequest({ bytes }: Image): Upload {
  const input = {
    ...{ name: 'image', shape: [1, 1], datatype: 'BYTES', parameters: { content_type: 'base64' } },
    data: [bytes.toString('base64')],
  };
  return { contentType: 'application/json', body: Buffer.from(JSON.stringify({ inputs: [input] })) };
}
