import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { batchAccepted } from '@inkqueue/shared/contracts/batch';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { form, postPredict, problemOf } from './client.ts';
import { digitPng } from './pictures.ts';
import type { Running } from './processes.ts';
import { waitingImages } from './queue.ts';
import { head, openSocket } from './raw.ts';
import { createStack } from './stack.ts';
import { until } from './until.ts';

const stack = createStack();
let api: Running;
let picture: Buffer;

beforeAll(async () => {
  [api, picture] = await Promise.all([
    stack.api({ UPLOAD_MAX_BYTES: '300000' }),
    digitPng(7),
    stack.worker(),
  ]);
});
afterAll(() => stack.close());

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
    ['filename="../../etc/passwd"', '../../etc/passwd'],
    ['filename="C:\\\\scans\\\\7.png"', 'C:\\scans\\7.png'],
    ['filename="folder/"', 'folder/'],
    ['filename="%22 50%.png"', '" 50%.png'],
    [`filename="${'字'.repeat(1_100)}"`, '字'.repeat(1_024)],
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

describe('a body that fails after the client was refused', () => {
  const garbage = Buffer.concat([gzipSync(Buffer.alloc(400_000)).subarray(0, -4), Buffer.alloc(100, 7)]);
  const noise = gzipSync(randomBytes(400_000));

  test.each([
    ['a batch without a boundary', '/batches', 'multipart/form-data', Buffer.from('garbage')],
    ['an image over the limit that breaks off', '/predict', 'image/png', noise.subarray(0, 390_000)],
    ['an image over the limit with garbage at its end', '/predict', 'image/png', garbage],
  ])('harms nobody: %s', async (_, path, type, body) => {
    const socket = await openSocket(api);
    const headers = { 'Content-Type': type, 'Content-Encoding': 'gzip', 'Content-Length': body.length + 9 };
    socket.write(head(headers, `POST ${path} HTTP/1.1`));
    socket.write(body);
    await delay(200);
    socket.destroy();
    await delay(100);
    expect((await fetch(`${api.url}/health/live`)).status).toBe(200);
  });
});

describe('a batch', () => {
  const type = 'multipart/form-data; boundary=b';
  const part = (content: string | Buffer, disposition = 'name="file"; filename="a.png"') =>
    Buffer.concat([
      Buffer.from(`--b\r\nContent-Disposition: form-data; ${disposition}\r\n\r\n`),
      Buffer.from(content),
      Buffer.from('\r\n'),
    ]);
  const post = (body: Buffer, headers: Record<string, string> = {}) =>
    fetch(`${api.url}/batches`, {
      method: 'POST',
      headers: { 'content-type': type, ...headers },
      body: new Uint8Array(body),
    });

  test('that is not what its Content-Encoding says is refused in words', async () => {
    const whole = Buffer.concat([part(picture), Buffer.from('--b--\r\n')]);
    for (const body of [whole, gzipSync(whole).subarray(0, -20)]) {
      const problem = await problemOf(await post(body, { 'content-encoding': 'gzip' }));
      expect(problem).toMatchObject({ status: 400, code: 'malformed-upload' });
      expect(problem.detail).toContain('Content-Encoding');
    }
  });

  test('is refused at its first wrong part, not at the end of its body', async () => {
    const socket = await openSocket(api);
    const text = once(socket, 'data').then(String);
    socket.write(head({ 'Content-Type': type, 'Content-Length': 1e9 }, 'POST /batches HTTP/1.1'));
    socket.write(part(picture, 'name="photo"; filename="a.png"'));
    expect(await text).toMatch(/^HTTP\/1\.1 400[\s\S]*unexpected-field/);
    socket.destroy();
  });

  test('that stops between two parts is given up', async () => {
    const slow = await stack.api({ UPLOAD_TIMEOUT_MS: '1000' });
    const socket = await openSocket(slow);
    const text = once(socket, 'data').then(String);
    socket.write(head({ 'Content-Type': type, 'Content-Length': 10_000 }, 'POST /batches HTTP/1.1'));
    socket.write(part(picture));
    socket.write('--b\r\nContent-Disposition: form-data; ');
    expect(await text).toMatch(/^HTTP\/1\.1 408[\s\S]*upload-timeout/);
    socket.destroy();
    await until(
      'what the batch queued is taken back',
      async () => (await waitingImages(stack.redis, stack.prefix)) === 0,
    );
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
    ['JSON with a byte order mark', 'application/json', () => `\uFEFF${JSON.stringify(base64())}`],
    ['base64 as text', 'text/plain', base64],
    ['base64 in lines', 'text/plain', () => base64().replaceAll(/(.{76})/g, '$1\r\n')],
    ['a data URL as text', 'text/plain; charset=utf-8', dataUrl],
    ['a urlencoded field', urlencoded, () => new URLSearchParams({ image: dataUrl() }).toString()],
    ['a urlencoded field that is not escaped', urlencoded, () => `image=${base64()}`],
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
