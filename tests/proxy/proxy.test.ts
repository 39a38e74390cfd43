import { join } from 'node:path';
import { subscribeReply } from '@inkqueue/shared/contracts/live';
import getPort from 'get-port';
import { io } from 'socket.io-client';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { form } from '../integration/client.ts';
import { followEvents } from '../integration/events.ts';
import { digitPng } from '../integration/pictures.ts';
import type { Running } from '../integration/processes.ts';
import { createStack } from '../integration/stack.ts';
import { until } from '../integration/until.ts';
import { runNginx, runProxy, shipped } from './run.ts';

const stack = createStack();
let apis: Running[];
let image: Buffer;
const stop: (() => Promise<void>)[] = [];

beforeAll(async () => {
  const env = { TRUST_PROXY: '1', BASE_PATH: '/digits' };
  [image, ...apis] = await Promise.all([digitPng(7), stack.api(env), stack.api(env)]);
  await stack.worker();
});
afterEach(async () => {
  for (const end of stop.splice(0)) await end();
});
afterAll(() => stack.close());

const hosts = () => apis.map(({ url }) => new URL(url).host);

/** The shipped configurations, with the addresses of the test. */
const proxies = {
  async nginx(path: string): Promise<string> {
    const port = await getPort();
    const server = shipped('nginx.conf')
      .replace(
        'server api:8000;',
        hosts()
          .map((host) => `server ${host};`)
          .join(' '),
      )
      .replace('listen 80;', `listen 127.0.0.1:${port};`)
      .replace('location / {', `location ${path} {`);
    stop.push(runNginx(server));
    return `http://127.0.0.1:${port}`;
  },
  async caddy(path: string): Promise<string> {
    const port = await getPort();
    const upstreams = hosts().join(' ');
    const file = shipped('Caddyfile')
      .replace(/^:80 \{/m, `http://127.0.0.1:${port} {`)
      .replace(
        /^(\s+)reverse_proxy api:8000/m,
        `$1reverse_proxy ${path === '/' ? '' : `${path}*`} ${upstreams}`,
      );
    const args = (dir: string) => ['run', '--adapter', 'caddyfile', '--config', join(dir, 'Caddyfile')];
    stop.push(runProxy('caddy', args, { Caddyfile: `{\n\tadmin off\n\tauto_https off\n}\n${file}` }));
    return `http://127.0.0.1:${port}`;
  },
};

describe.each(['nginx', 'caddy'] as const)('behind %s', (name) => {
  test.each([
    ['at the root', '/', ''],
    ['under a sub-path', '/digits/', '/digits'],
  ])('%s: uploads, pages and sockets work over two api processes', async (_, path, base) => {
    const url = await proxies[name](path);
    await until('the proxy serves', async () => {
      const response = await fetch(`${url}${base}/health/serving`).catch(() => null);
      return response?.status === 200;
    });

    // A batch above the megabyte that nginx takes by default.
    const body = new FormData();
    for (let i = 0; i < 3; i++) body.append('file', new Blob([new Uint8Array(1_500_000)]), `${i}.png`);
    const batch = await fetch(`${url}${base}/batches`, { method: 'POST', body });
    expect(batch.status).toBe(202);

    const response = await fetch(`${url}${base}/predict`, { method: 'POST', body: form(image) });
    expect(await response.json()).toMatchObject({ predicted_digit: 7 });
    const page = await fetch(`${url}${base}/ui/`);
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('<base href="/digits/ui/" />');
    const submitted = await fetch(`${url}${base}/predictions`, { method: 'POST', body: form(image) });
    const location = submitted.headers.get('location')!;
    expect(location.startsWith('/digits/')).toBe(true);
    const { id } = await submitted.json();

    const stream = await followEvents(`${url}${base}/predictions/${id}/events`);
    await stream.ended;
    expect(stream.events.at(-1)?.data).toMatchObject({ id, status: 'succeeded' });

    // As the README's example connects.
    for (let i = 0; i < 4; i++) {
      const socket = io(url, {
        path: `${base}/socket.io/`,
        transports: ['websocket'],
        forceNew: true,
        extraHeaders: { origin: url },
      });
      const reply = await socket.timeout(5_000).emitWithAck('subscribe', { topic: 'prediction', id });
      expect(subscribeReply('prediction').parse(reply)).toMatchObject({ ok: true, snapshot: { id } });
      socket.close();
    }
  });
});
