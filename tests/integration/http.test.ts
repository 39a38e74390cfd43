import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { promisify } from 'node:util';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { batchAccepted } from '@inkqueue/shared/contracts/batch';
import { io } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { form, postPredict, problemOf } from './client.ts';
import { digitPng } from './pictures.ts';
import type { Running } from './processes.ts';
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

/** Sends bytes over a connection of its own and collects what comes back until the connection ends or is quiet. */
async function raw(...parts: (string | Buffer)[]): Promise<string> {
  const { hostname, port } = new URL(api.url);
  const socket = connect(Number(port), hostname);
  socket.on('error', () => {});
  let text = '';
  socket.on('data', (chunk) => {
    text += chunk.toString('latin1');
  });
  await once(socket, 'connect');
  for (const part of parts) socket.write(part);
  const closed = once(socket, 'close');
  await Promise.race([closed, new Promise((quiet) => setTimeout(quiet, 1_500))]);
  socket.destroy();
  return text;
}

const statuses = (text: string) =>
  [...text.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, status]) => Number(status));
const head = (headers: Record<string, string | number>, line = 'POST /predict HTTP/1.1') =>
  `${line}\r\n${Object.entries({ Host: 'localhost', ...headers })
    .map(([name, value]) => `${name}: ${value}`)
    .join('\r\n')}\r\n\r\n`;
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

test('20 KB of cookies pass; more than 64 KB are refused by name', async () => {
  expect(statuses(await raw(image({ Cookie: `a=${'x'.repeat(20_000)}` }), picture))).toEqual([200]);
  const text = await raw(image({ Cookie: `a=${'x'.repeat(70_000)}` }), picture);
  expect(statuses(text)).toEqual([431]);
  expect(text).toMatch(/application\/problem\+json[\s\S]*headers-too-large[\s\S]*cookies/);
});

describe('file names', () => {
  async function filenameOf(disposition: string | Buffer): Promise<string | null> {
    const body = Buffer.concat([
      Buffer.from('--b\r\nContent-Disposition: form-data; name="file"; '),
      Buffer.from(disposition),
      Buffer.from('\r\nContent-Type: image/png\r\n\r\n'),
      picture,
      Buffer.from('\r\n--b--\r\n'),
    ]);
    const headers = { 'content-type': 'multipart/form-data; boundary=b' };
    const response = await fetch(`${api.url}/batches`, {
      method: 'POST',
      headers,
      body: new Uint8Array(body),
    });
    return batchAccepted.parse(await response.json()).predictions[0]!.filename;
  }

  test.each([
    ['filename="ziffer-ü-字.png"', 'ziffer-ü-字.png'],
    ['filename="fallback.png"; filename*=UTF-8\'\'%e5%ad%97.png', '字.png'],
    ['filename="a \\"b\\".png"', 'a "b".png'],
    ['filename="../../etc/passwd"', 'passwd'],
    [`filename="${'字'.repeat(300)}"`, '字'.repeat(255)],
  ])('come back as sent: %s', async (disposition, expected) => {
    expect(await filenameOf(disposition)).toBe(expected);
  });

  test('that are not UTF-8 fail neither a batch nor a prediction', async () => {
    const latin1 = Buffer.from('filename="zahl-\u00fc.png"', 'latin1');
    expect(await filenameOf(latin1)).toMatch(/^zahl-.*\.png$/);
    const body = Buffer.concat([
      Buffer.from('--b\r\nContent-Disposition: form-data; name="file"; '),
      latin1,
      Buffer.from('\r\n\r\n'),
      picture,
      Buffer.from('\r\n--b--\r\n'),
    ]);
    const headers = { 'content-type': 'multipart/form-data; boundary=b' };
    const response = await postPredict(api, new Uint8Array(body), headers);
    expect(await response.json()).toMatchObject({ predicted_digit: 7 });
  });
});

describe('an encoded body', () => {
  test.each([
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['br', brotliCompressSync],
  ])('of %s is decoded', async (encoding, encode) => {
    const headers = { 'content-type': 'image/png', 'content-encoding': encoding };
    const response = await postPredict(api, new Uint8Array(encode(picture)), headers);
    expect(await response.json()).toMatchObject({ predicted_digit: 7 });
  });

  test('of a form is decoded', async () => {
    const plain = new Response(form(picture));
    const headers = { 'content-type': plain.headers.get('content-type')!, 'content-encoding': 'gzip' };
    const body = new Uint8Array(gzipSync(new Uint8Array(await plain.arrayBuffer())));
    expect(await (await postPredict(api, body, headers)).json()).toMatchObject({ predicted_digit: 7 });
  });

  test('that is larger than allowed when decoded is refused', async () => {
    const headers = { 'content-type': 'image/png', 'content-encoding': 'gzip' };
    const bomb = new Uint8Array(gzipSync(Buffer.alloc(200_000_000)));
    expect(await problemOf(await postPredict(api, bomb, headers))).toMatchObject({ code: 'too-large' });
  });

  test('that is not what its header says, or of another encoding, is named', async () => {
    const type = { 'content-type': 'image/png' };
    const plain = await postPredict(api, new Uint8Array(picture), { ...type, 'content-encoding': 'gzip' });
    expect((await problemOf(plain)).detail).toContain('Content-Encoding');
    const other = await postPredict(api, new Uint8Array(picture), { ...type, 'content-encoding': 'zstd' });
    expect(await problemOf(other)).toMatchObject({ status: 415, detail: expect.stringContaining('zstd') });
  });
});

describe('an image as text', () => {
  const base64 = () => picture.toString('base64');
  const dataUrl = () => `data:image/png;base64,${base64()}`;
  const urlencoded = 'application/x-www-form-urlencoded';

  test.each([
    ['base64 in JSON', 'application/json', () => JSON.stringify({ image: base64() })],
    ['a data URL in JSON', 'application/json', () => JSON.stringify({ image: dataUrl() })],
    ['a JSON string', 'application/json', () => JSON.stringify(base64())],
    ['base64 as text', 'text/plain', base64],
    ['base64 in lines', 'text/plain', () => base64().replaceAll(/(.{76})/g, '$1\r\n')],
    ['a data URL as text', 'text/plain; charset=utf-8', dataUrl],
    ['a urlencoded field', urlencoded, () => new URLSearchParams({ image: dataUrl() }).toString()],
  ])('is decoded: %s', async (_, type, body) => {
    const response = await postPredict(api, body(), { 'content-type': type });
    expect(await response.json()).toMatchObject({ predicted_digit: 7 });
  });

  test.each(['file', 'image'])('in a form’s text field “%s” is decoded', async (field) => {
    const body = new FormData();
    body.append(field, dataUrl());
    expect(await (await postPredict(api, body)).json()).toMatchObject({ predicted_digit: 7 });
  });

  test('has the same limit as a file', async () => {
    const text = JSON.stringify({ image: Buffer.alloc(300_001).toString('base64') });
    const response = await postPredict(api, text, { 'content-type': 'application/json' });
    expect(await problemOf(response)).toMatchObject({ code: 'too-large' });
  });
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
