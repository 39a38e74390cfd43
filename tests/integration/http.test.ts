import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { promisify } from 'node:util';
import { io } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { form, postPredict } from './client.ts';
import { digitPng } from './pictures.ts';
import type { Running } from './processes.ts';
import { head, sendRaw, statuses } from './raw.ts';
import { createStack } from './stack.ts';

const stack = createStack();
let api: Running;
let picture: Buffer;

beforeAll(async () => {
  [api, picture] = await Promise.all([
    stack.api({ UPLOAD_MAX_BYTES: '300000', CORS_ORIGINS: 'https://listed.example' }),
    digitPng(7),
    stack.worker(),
  ]);
});
afterAll(() => stack.close());

const raw = (...parts: (string | Buffer)[]) => sendRaw(api, ...parts);
const image = (more: Record<string, string | number> = {}) =>
  head({ 'Content-Type': 'image/png', 'Content-Length': picture.length, ...more });

describe('an offer to upgrade', () => {
  test.each([
    [
      'h2c',
      { Connection: 'Upgrade, HTTP2-Settings', Upgrade: 'h2c', 'HTTP2-Settings': 'AAMAAABkAAQAoAAAAAIAAAAA' },
    ],
    ['WebSocket outside of the sockets’ path', { Connection: 'Upgrade', Upgrade: 'websocket' }],
  ])('that is not taken up is ignored: %s', async (_, offer) => {
    const text = await raw(image(offer), picture);
    expect(statuses(text)).toEqual([200]);
    expect(text).toContain('"predicted_digit":7');
  });

  test('leaves the connection open for the next request', async () => {
    const text = await raw(
      image({ Connection: 'Upgrade', Upgrade: 'h2c' }),
      picture,
      head({}, 'GET /health/live HTTP/1.1'),
    );
    expect(statuses(text)).toEqual([200, 200]);
  });

  test('behind a request whose response is due waits for that response', async () => {
    const text = await raw(
      image(),
      picture,
      image({ Connection: 'Upgrade', Upgrade: 'h2c' }),
      picture,
      image({ Connection: 'Upgrade', Upgrade: 'h2c' }),
      picture,
      head({}, 'GET /health/live HTTP/1.1'),
    );
    expect(statuses(text)).toEqual([200, 200, 200, 200]);
    expect(text.match(/"predicted_digit":7/g)).toHaveLength(3);
  });

  test('of any kind but WebSocket on the sockets’ path is ignored', async () => {
    const line = 'GET /socket.io/?EIO=4&transport=polling HTTP/1.1';
    expect(statuses(await raw(head({ Connection: 'Upgrade', Upgrade: 'h2c' }, line)))).toEqual([200]);
  });

  test('curl --http2 is answered', async () => {
    const args = [
      '--http2',
      '-s',
      '-w',
      '%{http_code}',
      '-H',
      'Content-Type: image/png',
      '--data-binary',
      '@-',
    ];
    const curl = promisify(execFile)('curl', [...args, `${api.url}/predict`]);
    curl.child.stdin?.end(picture);
    expect((await curl).stdout).toMatch(/"predicted_digit":7.*200$/);
  });
});

describe('a refusal before the body was received', () => {
  const large = Buffer.alloc(2_000_000);
  const sizes = { 'Content-Length': large.length };

  test.each([
    ['too large', head({ ...sizes, 'Content-Type': 'image/png', Connection: 'close' }), 413],
    ['another type', head({ ...sizes, 'Content-Type': 'application/xml', Connection: 'close' }), 415],
    ['another path', head({ ...sizes, Connection: 'close' }, 'POST /none HTTP/1.1'), 404],
    ['another method', head({ ...sizes, Connection: 'close' }, 'POST /models HTTP/1.1'), 405],
    ['a batch without a form', head({ ...sizes, Connection: 'close' }, 'POST /batches HTTP/1.1'), 415],
    ['HTTP/1.0', head({ ...sizes, 'Content-Type': 'application/xml' }, 'POST /predict HTTP/1.0'), 415],
  ])('reaches a client that sends everything before it reads: %s', async (_, request, status) => {
    // As Python's urllib does: all bytes are written before the first one is read.
    expect(statuses(await raw(request, large))).toEqual([status]);
  });

  test('of an endless upload comes all the same, and the connection is closed', async () => {
    const { hostname, port } = new URL(api.url);
    const socket = connect(Number(port), hostname);
    socket.on('error', () => {});
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1');
    });
    socket.write(head({ 'Content-Type': 'application/xml', 'Transfer-Encoding': 'chunked' }));
    const chunk = Buffer.concat([Buffer.from('10000\r\n'), Buffer.alloc(65_536), Buffer.from('\r\n')]);
    let open = true;
    const closed = new Promise<void>((resolve) => {
      socket.once('close', () => {
        open = false;
        resolve();
      });
    });
    for (let i = 0; i < 2_000 && open && text === ''; i++) {
      if (!socket.write(chunk)) await Promise.race([once(socket, 'drain').catch(() => {}), closed]);
    }
    await expect.poll(() => statuses(text)).toEqual([415]);
    expect(text).toMatch(/connection: close/i);
    socket.destroy();
  });
});

test('a valid request followed by garbage gets its response, and no other', async () => {
  expect(statuses(await raw(image(), picture, '\u0001\u0002 garbage\r\n\r\n'))).toEqual([200]);
});

test('two Host headers are refused', async () => {
  const request = image().replace('Host: localhost', 'Host: localhost\r\nHost: other.example');
  const text = await raw(request, picture);
  expect(statuses(text)).toEqual([400]);
  expect(text).toContain('Host header');
});

test.each([
  ['http://[/', 400],
  ['http://%/', 404],
  ['http://a b/', 400],
  ['//%zz', 404],
])('a target that is no address, %s, is refused, and the api goes on', async (target, status) => {
  const text = await raw(head({}, `GET ${target} HTTP/1.1`));
  expect(statuses(text)).toEqual([status]);
  expect(text).toContain('application/problem+json');
  expect((await fetch(`${api.url}/health/live`)).status).toBe(200);
});

test('20 KB of cookies pass; more than 64 KB are refused by name', async () => {
  expect(statuses(await raw(image({ Cookie: `a=${'x'.repeat(20_000)}` }), picture))).toEqual([200]);
  const text = await raw(image({ Cookie: `a=${'x'.repeat(70_000)}` }), picture);
  expect(statuses(text)).toEqual([431]);
  expect(text).toMatch(/application\/problem\+json[\s\S]*headers-too-large[\s\S]*cookies/);
});

describe('other origins', () => {
  const preflight = (origin: string) =>
    fetch(`${api.url}/predict`, {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'POST' },
    });
  const socket = (origin: string) =>
    new Promise<boolean>((resolve) => {
      const client = io(api.url, {
        transports: ['websocket'],
        extraHeaders: { origin },
        reconnection: false,
        forceNew: true,
      });
      client.once('connect', () => resolve(true)).once('connect_error', () => resolve(false));
      setTimeout(() => client.close(), 2_000).unref();
    });

  test('that are listed may use the API and the sockets', async () => {
    const response = await preflight('https://listed.example');
    expect(response.status).toBe(204);
    expect(response.headers.get('access-control-allow-origin')).toBe('https://listed.example');
    expect(await socket('https://listed.example')).toBe(true);
  });

  test('that are not listed may use neither; the page’s own may', async () => {
    const response = await preflight('https://other.example');
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
    expect(await socket('https://other.example')).toBe(false);
    expect(await socket(api.url)).toBe(true);
  });

  test('use nothing at all where none is listed', async () => {
    const plain = await stack.api();
    const response = await fetch(`${plain.url}/models`, { headers: { origin: 'https://listed.example' } });
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe('under a base path', () => {
  test('requests are served with it and without, and links begin with it', async () => {
    const based = await stack.api({ BASE_PATH: '/digits' });
    for (const path of ['/digits/predictions', '/predictions']) {
      const response = await fetch(based.url + path, { method: 'POST', body: form(picture) });
      expect(response.status).toBe(202);
      expect(response.headers.get('location')).toMatch(/^\/digits\/predictions\//);
    }
    const summary = await (await fetch(`${based.url}/digits`)).json();
    expect(summary.links.docs).toBe('/digits/docs');
    const document = await (await fetch(`${based.url}/digits/openapi.json`)).json();
    expect(document.servers).toEqual([{ url: '/digits' }]);
    expect(await (await fetch(`${based.url}/digits/docs`)).text()).toContain('/digits/docs/assets/');
    const client = io(based.url, { path: '/digits/socket.io/', transports: ['websocket'], forceNew: true });
    await new Promise((connected) => client.once('connect', () => connected(null)));
    client.close();
  });
});

test('a stopping api is not ready and closes connections politely before it stops to listen', async () => {
  const draining = await stack.api({ DRAIN_MS: '1500' });
  draining.signal('SIGTERM');
  await expect
    .poll(async () => (await fetch(`${draining.url}/health/ready`)).json())
    .toMatchObject({ status: 'not-ready', reasons: ['The api is stopping.'] });
  const response = await postPredict(draining, form(picture));
  expect(response.status).toBe(200);
  expect(response.headers.get('connection')).toBe('close');
  expect(await draining.ended).toBe('exit code 0');
});
