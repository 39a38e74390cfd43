import { readFile } from 'node:fs/promises';
import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { form, predict } from './client.ts';
import { fieldsOf } from './events.ts';
import { blankPage, digitPng, pixelBomb, textFile } from './pictures.ts';
import type { Running } from './processes.ts';
import { createStack } from './stack.ts';

const operation = z.object({
  operationId: z.string(),
  parameters: z.array(z.object({ name: z.string(), in: z.string() })).optional(),
  responses: z.record(
    z.string(),
    z.object({
      description: z.string().min(1),
      headers: z.record(z.string(), z.unknown()).optional(),
      content: z.record(z.string(), z.object({ schema: z.record(z.string(), z.unknown()) })).default({}),
    }),
  ),
});
const openApi = z.object({
  openapi: z.literal('3.1.0'),
  paths: z.record(z.string(), z.record(z.string(), operation)),
  components: z.object({ schemas: z.record(z.string(), z.record(z.string(), z.unknown())) }),
});

const stack = createStack();
let api: Running;
let source: Record<string, unknown>;
let document: z.infer<typeof openApi>;
let ajv: Ajv2020;
/** Operations and statuses that a request in this file has exercised. */
const exercised = new Set<string>();

beforeAll(async () => {
  [api] = await Promise.all([
    stack.api({ UPLOAD_MAX_BYTES: '100000', FEEDBACK: '1', LIST_PREDICTIONS: '1' }),
    stack.worker(),
  ]);
  source = z.looseObject({}).parse(await (await fetch(`${api.url}/openapi.json`)).json());
  document = openApi.parse(source);
  ajv = new Ajv2020({ strict: false, allErrors: true });
  formats.default(ajv);
  ajv.addFormat('base64', (text) => Buffer.from(text, 'base64').toString('base64') === text);
  ajv.addSchema(source, 'openapi');
});
afterAll(() => stack.close());

/** Calls a documented operation, and checks the response's status, media type, headers and body against the document. */
async function call(method: string, path: string, url: string, init: RequestInit = {}) {
  const described = document.paths[path]?.[method];
  if (!described) throw new Error(`${method} ${path} is not documented`);
  const response = await fetch(api.url + url, { ...init, method: method.toUpperCase() });
  const expected = described.responses[response.status];
  if (!expected) throw new Error(`${method} ${path} responded ${response.status}, which is not documented`);
  const type = response.headers.get('content-type')?.split(';')[0] ?? '';
  exercised.add(`${method} ${path} ${response.status}`);
  const documented = expected.headers ?? {};
  if (response.status === 204) {
    expect(Object.keys(expected.content)).toEqual([]);
    return { status: 204, headers: response.headers, documented, body: null };
  }
  const content = expected.content[type];
  if (!content)
    throw new Error(`${method} ${path} responded ${response.status} as ${type}, which is not documented`);
  const pointer = ['paths', path, method, 'responses', String(response.status), 'content', type, 'schema']
    .map((key) => encodeURIComponent(key.replaceAll('~', '~0').replaceAll('/', '~1')))
    .join('/');
  const body: unknown =
    type === 'application/json' || type.endsWith('+json') ? await response.json() : await response.text();
  const matches = ajv.compile({ $ref: `openapi#/${pointer}` });
  // Of a stream the document describes each event.
  for (const part of type === 'text/event-stream' ? eventsIn(String(body)) : [body])
    expect(matches(part), `${method} ${url}: ${ajv.errorsText(matches.errors)}`).toBe(true);
  return { status: response.status, headers: response.headers, documented, body };
}

/** The events of a stream that has ended. */
const eventsIn = (text: string) =>
  text
    .split('\n\n')
    .filter((message) => message.startsWith('id:'))
    .map(fieldsOf);

const code = (body: unknown) => z.object({ code: z.string() }).parse(body).code;

test('the document is valid OpenAPI', async () => {
  const result = await new Validator().validate(structuredClone(source));
  expect([result.valid, result.errors]).toEqual([true, undefined]);
});

test('every reference in it leads somewhere, and every component is used', () => {
  const text = JSON.stringify(source);
  const schemas = text.matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g);
  const references = new Set([...schemas].map(([, name]) => name!));
  const components = Object.keys(document.components.schemas);
  expect([...references].filter((name) => !components.includes(name))).toEqual([]);
  const all = [...text.matchAll(/"\$ref":"([^"]+)"/g)].map(([, reference]) => reference!);
  expect(all.every((reference) => reference.startsWith('#/components/'))).toBe(true);
  for (const name of components)
    expect(() => ajv.compile({ $ref: `openapi#/components/schemas/${name}` })).not.toThrow();
});

test('operations have unique ids, and their paths’ parameters', () => {
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.values(methods).map((described) => ({ path, ...described })),
  );
  expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
  for (const { path, parameters = [] } of operations) {
    const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    expect(parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name)).toEqual(inPath);
  }
});

describe('each response is as documented', () => {
  test('health', async () => {
    expect(await call('get', '/', '/')).toMatchObject({ status: 200, body: { status: 'ready', workers: 1 } });
    expect(await call('get', '/health/live', '/health/live')).toMatchObject({ status: 200 });
    expect(await call('get', '/health/ready', '/health/ready')).toMatchObject({ status: 200 });
    expect(await call('get', '/health/serving', '/health/serving')).toMatchObject({ status: 200 });
  });

  test('activity', async () => {
    await predict(api, await digitPng(1));
    await expect
      .poll(async () => (await call('get', '/activity', '/activity')).body, { timeout: 5_000 })
      .toMatchObject({ queue: { pictures: 0 }, workers: [{ running: 0, model: {} }], point_seconds: 5 });
  });

  test('models', async () => {
    const { body } = await call('get', '/models', '/models');
    const { name } = z.object({ models: z.array(z.object({ name: z.string() })).length(1) }).parse(body)
      .models[0]!;
    const manifest = new URL(`../../models/${name}/model.json`, import.meta.url);
    expect(await call('get', '/models/{name}', `/models/${name}`)).toMatchObject({
      status: 200,
      body: JSON.parse(await readFile(manifest, 'utf8')),
    });
    expect(await call('get', '/models/{name}', '/models/none')).toMatchObject({ status: 404 });
    const card = await call('get', '/models/{name}/card', `/models/${name}/card`);
    expect(card).toMatchObject({ status: 200, body: { name, sets: { 'mnist-test': { n: 10_000 } } } });
  });

  test('POST /predict', async () => {
    const plain = await call('post', '/predict', '/predict', { body: form(await digitPng(5)) });
    expect(plain).toMatchObject({ status: 200, body: { predicted_digit: 5, preview: null } });
    const withInput = await call('post', '/predict', '/predict?preview=true', {
      body: form(await digitPng(5)),
    });
    expect(withInput).toMatchObject({ status: 200, body: { preview: { width: 28, height: 28 } } });
    const body = form(await digitPng(5));
    const explained = await call('post', '/predict', '/predict?explain=true', { body });
    expect(explained).toMatchObject({ status: 200, body: { explanation: { digits: [{}] } } });
  });

  test('POST /predictions and GET /predictions/{id}', async () => {
    const accepted = await call('post', '/predictions', '/predictions', { body: form(await digitPng(5)) });
    expect(accepted.status).toBe(202);
    for (const header of ['Location', 'Retry-After']) expect(accepted.headers.has(header), header).toBe(true);
    const { id } = z.object({ id: z.string() }).parse(accepted.body);
    const path = '/predictions/{id}';
    expect(await call('get', path, `/predictions/${id}?wait=10`)).toMatchObject({
      status: 200,
      body: { status: 'succeeded' },
    });
    expect(code((await call('get', path, `/predictions/${id}?wait=x`)).body)).toBe('invalid-request');
    expect(code((await call('get', path, '/predictions/none')).body)).toBe('prediction-not-found');
    expect(code((await call('get', path, `/predictions/${'x'.repeat(65)}`)).body)).toBe('invalid-request');
  });

  test('POST /predictions/{id}/cancel', async () => {
    const path = '/predictions/{id}/cancel';
    const { id } = await predict(api, await digitPng(5));
    expect(await call('post', path, `/predictions/${id}/cancel`)).toMatchObject({
      status: 409,
      body: { code: 'already-finished', prediction_status: 'succeeded' },
    });
    expect(code((await call('post', path, '/predictions/none/cancel')).body)).toBe('prediction-not-found');
  });

  test('events, retry, delete and the list', async () => {
    const { id } = await predict(api, await digitPng(5));
    const events = await call('get', '/predictions/{id}/events', `/predictions/${id}/events`);
    expect(events).toMatchObject({ status: 200, body: expect.stringContaining('"status":"succeeded"') });
    const again = await call('get', '/predictions/{id}/events', `/predictions/${id}/events`, {
      headers: { 'Last-Event-ID': 'succeeded' },
    });
    expect(again.status).toBe(204);
    const retry = await call('post', '/predictions/{id}/retry', `/predictions/${id}/retry`);
    expect(code(retry.body)).toBe('not-retryable');
    expect(await call('get', '/predictions', '/predictions?limit=1')).toMatchObject({
      status: 200,
      body: { predictions: [{ id }] },
    });
    expect(await call('delete', '/predictions/{id}', `/predictions/${id}`)).toMatchObject({ status: 204 });
    const gone = await call('delete', '/predictions/{id}', `/predictions/${id}`);
    expect(gone).toMatchObject({ status: 410, body: { data_removed: true } });
  });

  test('PUT /predictions/{id}/feedback', async () => {
    const path = '/predictions/{id}/feedback';
    const { id, links } = await predict(api, await digitPng(5));
    const put = (body: string, type = 'application/json', url = links.feedback ?? '') =>
      call('put', path, url, { body, headers: { 'content-type': type } });
    expect(await put('{"digit":6}')).toMatchObject({ status: 200, body: { id, digit: 6 } });
    const refusals: [string, Promise<{ body: unknown }>][] = [
      ['invalid-request', put('{"digit":10}')],
      ['invalid-request', put('{}')],
      ['unsupported-media-type', put('digit=6', 'text/plain')],
      ['too-large', put(' '.repeat(1_025))],
      ['prediction-not-found', put('{"digit":6}', undefined, '/predictions/none/feedback')],
    ];
    for (const [expected, refused] of refusals) expect(code((await refused).body)).toBe(expected);
  });

  test.each(['/predict', '/predictions'])('the refusals of %s', async (path) => {
    const image = await digitPng(1);
    const two = form(image);
    two.append('file', new Blob(['x']), 'x.png');
    const refusals: [string, RequestInit][] = [
      ['missing-file', { body: new FormData() }],
      ['empty-file', { body: form(Buffer.alloc(0)) }],
      ['unexpected-field', { body: form(image, { field: 'image' }) }],
      ['too-many-files', { body: two }],
      ['malformed-upload', { body: 'x', headers: { 'content-type': 'multipart/form-data' } }],
      ['too-large', { body: form(Buffer.alloc(100_001)) }],
      ['invalid-request', { body: '{}', headers: { 'content-type': 'application/json' } }],
      ['unsupported-media-type', { body: '{}', headers: { 'content-type': 'application/xml' } }],
      ['unsupported-format', { body: form(textFile) }],
    ];
    if (path === '/predict') {
      refusals.push(['no-ink', { body: form(await blankPage()) }]);
      refusals.push(['too-many-pixels', { body: form(pixelBomb(30_000)) }]);
    }
    const unclear = await call('post', path, `${path}?preview=maybe`, { body: form(image) });
    expect(code(unclear.body)).toBe('invalid-request');
    for (const [expected, init] of refusals) {
      const { body } = await call('post', path, path, init);
      expect(code(body)).toBe(expected);
      expect(body).toMatchObject({ type: `urn:inkqueue:problem:${expected}` });
    }
  });

  test('POST /batches and GET /batches/{id}', async () => {
    const many = form(await digitPng(5));
    many.append('file', new Blob([textFile]), 'letter.png');
    const accepted = await call('post', '/batches', '/batches', { body: many });
    expect(accepted).toMatchObject({ status: 202, body: { total: 2 } });
    for (const header of ['Location', 'Retry-After']) expect(accepted.headers.has(header), header).toBe(true);
    const { id } = z.object({ id: z.string() }).parse(accepted.body);
    const path = '/batches/{id}';
    await expect
      .poll(async () => (await call('get', path, `/batches/${id}`)).body)
      .toMatchObject({ finished: true, counts: { succeeded: 1, failed: 1 } });
    expect(code((await call('get', path, `/batches/${id}?limit=0`)).body)).toBe('invalid-request');
    for (const format of ['csv', 'ndjson']) {
      const lines = await call('get', path, `/batches/${id}?format=${format}`);
      expect(lines.body, format).toContain('letter.png');
    }
    expect(code((await call('get', path, '/batches/none')).body)).toBe('batch-not-found');
    const canceling = await call('post', '/batches/{id}/cancel', `/batches/${id}/cancel`);
    expect(code(canceling.body)).toBe('already-finished');
    const events = await call('get', '/batches/{id}/events', `/batches/${id}/events`);
    expect(events).toMatchObject({ status: 200, body: expect.stringContaining('"finished":true') });
    const retry = await call('post', '/batches/{id}/retry', `/batches/${id}/retry`);
    expect(code(retry.body)).toBe('not-retryable');
    expect(await call('delete', path, `/batches/${id}`)).toMatchObject({ status: 204 });
    expect(code((await call('get', path, `/batches/${id}`)).body)).toBe('batch-expired');
    const refusals: [string, RequestInit][] = [
      ['missing-file', { body: new FormData() }],
      ['unexpected-field', { body: form(await digitPng(5), { field: 'image' }) }],
      ['unsupported-media-type', { body: '{}', headers: { 'content-type': 'application/xml' } }],
      ['invalid-request', { body: '{}', headers: { 'content-type': 'application/json' } }],
      ['missing-file', { body: '{"images":[]}', headers: { 'content-type': 'application/json' } }],
      [
        'too-large',
        {
          body: JSON.stringify({ images: ['a'.repeat(200_000)] }),
          headers: { 'content-type': 'application/json' },
        },
      ],
      ['malformed-upload', { body: 'x', headers: { 'content-type': 'multipart/form-data' } }],
    ];
    for (const [expected, init] of refusals)
      expect(code((await call('post', '/batches', '/batches', init)).body)).toBe(expected);
  });

  test('every operation was exercised', () => {
    const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method} ${path} `),
    );
    expect(operations.filter((start) => ![...exercised].some((entry) => entry.startsWith(start)))).toEqual(
      [],
    );
  });
});
