import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Launched, launch } from '@inkqueue/scripts/launch';
import { obtainRedisBinary } from '@inkqueue/scripts/redis-binary';
import getPort from 'get-port';
import { Redis } from 'ioredis';
import { generate } from 'selfsigned';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { find, form, postPredict, predict, submit } from './client.ts';
import { digitPng } from './pictures.ts';
import { launchRole, type Running, startRole } from './processes.ts';
import { until } from './until.ts';

// Redis as people run it: over TLS, with users, behind sentinels.

const started: Launched[] = [];
const roles: Running[] = [];
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'inkqueue-servers-'));
});
afterEach(async () => {
  await Promise.all(
    roles
      .splice(0)
      .toReversed()
      .map((role) => role.stop()),
  );
  await Promise.all(started.splice(0).map((server) => server.stop(20_000)));
  rmSync(folder, { recursive: true, force: true });
});

/** Starts a Redis with settings of its own. */
async function startServer(settings: Record<string, string>, mode: string[] = []): Promise<Launched> {
  const binary = await obtainRedisBinary({ mayInstall: false });
  const all = { bind: '127.0.0.1', dir: folder, save: '', 'maxmemory-policy': 'noeviction', ...settings };
  const args = [
    ...mode,
    ...Object.entries(all).flatMap(([name, value]) => [`--${name}`, ...value.split(' ')]),
  ];
  const readyLine = mode.length > 0 ? /Sentinel ID is/ : /Ready to accept connections/;
  const server = launch({ name: 'Redis', program: binary, args, readyLine });
  started.push(server);
  await server.untilReady(20_000);
  return server;
}

async function startBoth(env: NodeJS.ProcessEnv): Promise<Running> {
  const [api, worker] = await Promise.all([startRole('api', env), startRole('worker', env)]);
  roles.push(api, worker);
  return api;
}

/** An authority's certificate and, signed by it, one for 127.0.0.1: their files. */
async function writeCertificates() {
  const authority = await generate([{ name: 'commonName', value: 'a test’s authority' }], {
    extensions: [{ name: 'basicConstraints', cA: true, critical: true }],
  });
  const signed = await generate([{ name: 'commonName', value: '127.0.0.1' }], {
    ca: { key: authority.private, cert: authority.cert },
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] }],
  });
  const files = { ca: join(folder, 'ca.pem'), cert: join(folder, 'cert.pem'), key: join(folder, 'key.pem') };
  writeFileSync(files.ca, authority.cert);
  writeFileSync(files.cert, signed.cert);
  writeFileSync(files.key, signed.private);
  return files;
}

test('the service reaches a Redis over TLS that asks for certificates, as a user with few rights', async () => {
  const { ca, cert, key } = await writeCertificates();
  const port = String(await getPort());
  await startServer({
    port: '0',
    'tls-port': port,
    'tls-ca-cert-file': ca,
    'tls-cert-file': cert,
    'tls-key-file': key,
    user: 'inkqueue on >secret ~inkqueue:* &* +@all -@admin -@dangerous +info',
  });
  const url = `rediss://inkqueue:secret@127.0.0.1:${port}`;
  const files = { REDIS_CA_FILE: ca, REDIS_CERT_FILE: cert, REDIS_KEY_FILE: key };

  const untrusted = launchRole('api', { REDIS_URL: url });
  expect(await untrusted.ended).toBe('exit code 1');
  expect(untrusted.tail().join('\n')).toMatch(/can't use Redis at 127\.0\.0\.1:\d+ .*certificate/);
  expect(untrusted.tail().join('\n')).not.toContain('secret');

  const api = await startBoth({ REDIS_URL: url, ...files });
  const { id } = await predict(api, await digitPng(4));
  expect(await find(api, id)).toMatchObject({ result: { predicted_digit: 4 } });
  const batch = await fetch(`${api.url}/batches`, { method: 'POST', body: form(await digitPng(7)) });
  const [first] = (await batch.json()).predictions;
  expect(await find(api, first.id, 10)).toMatchObject({ result: { predicted_digit: 7 } });
  expect((await fetch(`${api.url}/predictions/${id}`, { method: 'DELETE' })).status).toBe(204);
  expect((await fetch(`${api.url}/health/serving`)).status).toBe(200);
});

test('sentinels name the primary; after it died the service goes on with the next, and keeps what it accepted', async () => {
  const [first, second, watch] = (await Promise.all([getPort(), getPort(), getPort()])).map(String) as [
    string,
    string,
    string,
  ];
  const primary = await startServer({ port: first, dir: folder });
  await startServer({ port: second, replicaof: `127.0.0.1 ${first}`, dbfilename: 'second.rdb' });
  const config = join(folder, 'sentinel.conf');
  writeFileSync(
    config,
    [
      `port ${watch}`,
      'bind 127.0.0.1',
      `dir ${folder}`,
      `sentinel monitor digits 127.0.0.1 ${first} 1`,
      'sentinel down-after-milliseconds digits 1000',
      'sentinel failover-timeout digits 5000',
      '',
    ].join('\n'),
  );
  const binary = await obtainRedisBinary({ mayInstall: false });
  const sentinel = launch({
    name: 'sentinel',
    program: binary,
    args: [config, '--sentinel'],
    readyLine: /\+monitor/,
  });
  started.push(sentinel);
  await sentinel.untilReady(20_000);

  const api = await startBoth({
    REDIS_URL: 'redis://unused',
    REDIS_SENTINELS: `127.0.0.1:${watch}`,
    REDIS_SENTINEL_NAME: 'digits',
  });
  const image = await digitPng(3);
  const { id } = await predict(api, image);
  const replica = new Redis(Number(second));
  const asked = new Redis(Number(watch));
  await until(
    'the replica follows, and the sentinel knows it',
    async () => {
      const info = await replica.info('replication');
      const known = (await asked.call('SENTINEL', 'REPLICAS', 'digits')) as unknown[];
      return /master_link_status:up/.test(info) && known.length === 1;
    },
    20_000,
  );
  replica.disconnect();
  asked.disconnect();

  primary.kill();
  await primary.ended;
  started.splice(started.indexOf(primary), 1);
  await until(
    'the service predicts again',
    async () => (await postPredict(api, form(image))).status === 200,
    30_000,
  );
  expect(await find(api, id)).toMatchObject({ status: 'succeeded', result: { predicted_digit: 3 } });
  const { id: polled } = await submit(api, image);
  expect(await find(api, polled, 20)).toMatchObject({ status: 'succeeded' });
}, 90_000);
