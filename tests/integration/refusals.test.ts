import { once } from 'node:events';
import { connect } from 'node:net';
import { listWorkers } from '@inkqueue/shared/node/presence';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { find, form, postPredict, predict, problemOf, submit } from './client.ts';
import {
  blankPage,
  digitPng,
  onePixel,
  pdfFile,
  pixelBomb,
  svgFile,
  textFile,
  truncatedPng,
} from './pictures.ts';
import type { Running } from './processes.ts';
import { createStack } from './stack.ts';

const UPLOAD_MAX_BYTES = 300_000;
const stack = createStack();
let api: Running;
let worker: Running;

beforeAll(async () => {
  [api, worker] = await Promise.all([
    stack.api({ UPLOAD_MAX_BYTES: String(UPLOAD_MAX_BYTES) }),
    stack.worker(),
  ]);
});
afterAll(() => stack.close());

// Whatever a client sends, the same processes go on.
afterEach(async () => {
  expect(await predict(api, await digitPng(7))).toMatchObject({ predicted_digit: 7 });
  const present = await listWorkers({ connection: stack.redis, prefix: stack.prefix });
  expect(present.map(({ pid }) => pid)).toEqual([worker.pid]);
  expect(api.isRunning()).toBe(true);
});

describe('the api refuses', () => {
  test('an empty file', async () => {
    expect(await problemOf(await postPredict(api, form(Buffer.alloc(0))))).toMatchObject({
      status: 400,
      code: 'empty-file',
    });
  });

  test('an empty body', async () => {
    const response = await postPredict(api, Buffer.alloc(0), { 'content-type': 'image/png' });
    expect(await problemOf(response)).toMatchObject({ status: 400, code: 'empty-file' });
  });

  test('a form without the field', async () => {
    const body = new FormData();
    body.append('note', 'no picture here');
    expect(await problemOf(await postPredict(api, body))).toMatchObject({
      status: 400,
      code: 'missing-file',
    });
  });

  test('text in the field, and no file', async () => {
    const body = new FormData();
    body.append('file', 'digit.png');
    expect(await problemOf(await postPredict(api, body))).toMatchObject({
      status: 400,
      code: 'missing-file',
    });
  });

  test.each([
    ['in one field', 'file'],
    ['in two fields', 'other'],
  ])('two files %s', async (_, second) => {
    const body = form(await digitPng(1));
    body.append(second, new Blob([new Uint8Array(await digitPng(2))]), 'second.png');
    expect(await problemOf(await postPredict(api, body))).toMatchObject({
      status: 400,
      code: 'too-many-files',
    });
  });

  test('a file in another field', async () => {
    const response = await postPredict(api, form(await digitPng(1), { field: 'image' }));
    const problem = await problemOf(response);
    expect(problem).toMatchObject({ status: 400, code: 'unexpected-field' });
    expect(problem.detail).toContain('“image”');
  });

  test.each([
    ['text renamed .png', textFile],
    ['SVG', svgFile],
    ['PDF', pdfFile],
  ])('%s, as a form and as the body', async (_, bytes) => {
    for (const response of [
      await postPredict(api, form(bytes)),
      await postPredict(api, new Uint8Array(bytes), { 'content-type': 'image/png' }),
    ]) {
      expect(await problemOf(response)).toMatchObject({ status: 415, code: 'unsupported-format' });
    }
  });

  test.each(['application/json', 'text/plain', 'application/x-www-form-urlencoded'])(
    'a body of type %s that holds no image',
    async (type) => {
      const response = await postPredict(api, '{}', { 'content-type': type });
      const problem = await problemOf(response);
      expect(problem).toMatchObject({ status: 400, code: 'invalid-request' });
      expect(problem.detail).toContain('base64');
    },
  );

  test('a body of another type', async () => {
    const problem = await problemOf(await postPredict(api, '<a/>', { 'content-type': 'application/xml' }));
    expect(problem).toMatchObject({ status: 415, code: 'unsupported-media-type' });
    expect(problem.detail).toContain('application/xml');
  });

  test.each([
    ['without a boundary', 'multipart/form-data', 'x'],
    [
      'that ends before its last boundary',
      'multipart/form-data; boundary=b',
      '--b\r\ncontent-disposition: form-data; name="file"; filename="a.png"\r\n\r\nPNG',
    ],
    [
      'with a broken part header',
      'multipart/form-data; boundary=b',
      '--b\r\nno header at all\r\n\r\n\r\n--b--\r\n',
    ],
    ['without any part', 'multipart/form-data; boundary=b', ''],
  ])('a multipart body %s', async (_, type, body) => {
    const problem = await problemOf(await postPredict(api, body, { 'content-type': type }));
    expect(problem).toMatchObject({ status: 400, code: 'malformed-upload', retryable: false });
  });

  test('a form of many fields', async () => {
    const body = form(await digitPng(1));
    for (let i = 0; i < 50; i++) body.append(`field-${i}`, 'x');
    expect(await problemOf(await postPredict(api, body))).toMatchObject({
      status: 400,
      code: 'malformed-upload',
    });
  });
});

describe('an upload that is too large', () => {
  // Just over the limit, where only counting the bytes shows it, and far over it, where the declared length does.
  const sizes = [UPLOAD_MAX_BYTES + 1, UPLOAD_MAX_BYTES * 20];

  test.each(sizes)('as a form: %i bytes', async (size) => {
    const response = await postPredict(api, form(Buffer.alloc(size)));
    expect(await problemOf(response)).toMatchObject({ status: 413, code: 'too-large' });
  });

  test.each(sizes)('as the body: %i bytes', async (size) => {
    const response = await postPredict(api, new Uint8Array(size), { 'content-type': 'image/png' });
    expect(await problemOf(response)).toMatchObject({ status: 413, code: 'too-large' });
  });

  test.each(sizes)('as the body in chunks of undeclared length: %i bytes', async (size) => {
    const chunks = new ReadableStream({
      start(controller) {
        for (let sent = 0; sent < size; sent += 50_000) controller.enqueue(new Uint8Array(50_000));
        controller.close();
      },
    });
    const response = await fetch(`${api.url}/predict`, {
      method: 'POST',
      headers: { 'content-type': 'image/png' },
      body: chunks,
      duplex: 'half',
    } as RequestInit);
    expect(await problemOf(response)).toMatchObject({ status: 413, code: 'too-large' });
  });

  test.each([
    ['of undeclared length', 'transfer-encoding: chunked', Buffer.from('c350\r\n'), Buffer.from('0\r\n\r\n')],
    ['of declared length', 'content-length: 10000000', Buffer.alloc(0), Buffer.alloc(0)],
  ])(
    'from a client that sends all of it before it reads, and then closes: %s',
    async (_, header, before, end) => {
      const { hostname, port } = new URL(api.url);
      const socket = connect(Number(port), hostname);
      await once(socket, 'connect');
      socket.pause();
      socket.write(
        `POST /predict HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-type: image/png\r\n${header}\r\n\r\n`,
      );
      const after = before.length > 0 ? Buffer.from('\r\n') : before;
      const chunk = Buffer.concat([before, Buffer.alloc(50_000), after]);
      for (let sent = 0; sent < 200; sent++) await new Promise((taken) => socket.write(chunk, taken));
      socket.write(end);
      const [response] = await once(socket.resume(), 'data');
      expect(String(response)).toMatch(/^HTTP\/1.1 413 /);
      socket.destroy();
    },
  );

  test('an image of exactly the limit is accepted', async () => {
    const image = Buffer.alloc(UPLOAD_MAX_BYTES);
    (await digitPng(5)).copy(image);
    expect(await predict(api, image)).toMatchObject({ predicted_digit: 5 });
  });
});

describe('an upload that breaks off', () => {
  test.each([
    [
      'a form',
      'multipart/form-data; boundary=b',
      '--b\r\ncontent-disposition: form-data; name="file"; filename="a.png"\r\n\r\n',
    ],
    ['the body', 'image/png', ''],
  ])('as %s', async (_, type, start) => {
    const { hostname, port } = new URL(api.url);
    for (let i = 0; i < 5; i++) {
      const socket = connect(Number(port), hostname);
      await once(socket, 'connect');
      socket.write(
        `POST /predict HTTP/1.1\r\nhost: x\r\ncontent-type: ${type}\r\ncontent-length: 200000\r\n\r\n${start}`,
      );
      await new Promise((written) => socket.write(Buffer.alloc(100_000), written));
      socket.destroy();
      await once(socket, 'close');
    }
    await expect.poll(() => stack.redis.keys(`${stack.prefix}:uploads:*`)).toEqual([]);
  });
});

describe('the worker refuses', () => {
  const cases = [
    ['a truncated PNG', truncatedPng, 'unreadable-image'],
    ['a PNG without its header', async () => (await digitPng(1)).subarray(0, 12), 'unreadable-image'],
    ['an image of 1 × 1', onePixel, 'too-small'],
    ['a blank page', blankPage, 'no-ink'],
    ['a bomb of 30,000 × 30,000', async () => pixelBomb(30_000), 'too-many-pixels'],
  ] as const;

  test.each(cases)('%s: POST /predict responds 422', async (_, draw, code) => {
    const problem = await problemOf(await postPredict(api, form(await draw())));
    expect(problem).toMatchObject({ status: 422, code, retryable: false });
    expect(await find(api, problem.prediction_id!)).toMatchObject({ status: 'failed', error: { code } });
  });

  test('all of them at once among good images, which all succeed', async () => {
    const bad = await Promise.all(cases.map(([, draw]) => draw()));
    const good = await digitPng(3);
    const submitted = await Promise.all(
      Array.from({ length: 40 }, (_, i) => submit(api, i % 2 ? good : bad[(i / 2) % bad.length]!)),
    );
    const ends = await Promise.all(submitted.map(({ id }) => find(api, id, 20)));
    expect(ends.map(({ result, error }) => result?.predicted_digit ?? error?.code)).toEqual(
      submitted.map((_, i) => (i % 2 ? 3 : cases[(i / 2) % cases.length]![2])),
    );
  });
});
