import { expect, it, vi } from 'vitest';
import { queued, succeeded } from '../testing/predictions.ts';
import { createPredictionClient } from './predictions.ts';
import { createJsonRequest } from './request.ts';
import type { SendForm } from './upload.ts';

const { signal } = new AbortController();
const onProgress = vi.fn();
const image = new Blob(['ink'], { type: 'image/png' });

function responding(response: () => Response | Promise<Response>) {
  const fetch = vi.fn<typeof globalThis.fetch>(() => Promise.resolve().then(response));
  const send: SendForm = (path, body, { onProgress, signal, headers = [] }) => {
    onProgress({ sent: 3, total: 4 });
    return fetch(path, { method: 'POST', body, signal, headers });
  };
  return { fetch, client: createPredictionClient(createJsonRequest(fetch), send) };
}

function problemResponse(code: string, status: number, headers: Record<string, string> = {}): Response {
  const body = { type: `urn:${code}`, title: '', status, detail: '', code, retryable: status === 503 };
  return Response.json(body, { status, headers: { 'content-type': 'application/problem+json', ...headers } });
}

it('sends an image as one file and asks for the network input', async () => {
  const { fetch, client } = responding(() => Response.json(queued(), { status: 202 }));
  expect(await client.submit(new File(['ink'], 'a digit.png'), { signal, onProgress })).toEqual(queued());
  const [path, init] = fetch.mock.calls[0]!;
  expect(path).toBe('../predictions?preview=true');
  const body = init!.body as FormData;
  expect([...body.keys()]).toEqual(['file']);
  expect((body.get('file') as File).name).toBe('a digit.png');
  expect(onProgress).toHaveBeenCalledWith({ sent: 3, total: 4 });
});

it('sends the address of an image as JSON', async () => {
  const { fetch, client } = responding(() => Response.json(queued(), { status: 202 }));
  const address = 'https://example.com/7.png';
  expect(await client.submit({ address }, { signal, onProgress })).toEqual(queued());
  const [path, init] = fetch.mock.calls[0]!;
  expect(path).toBe('../predictions?preview=true');
  expect(init!.headers).toMatchObject({ 'content-type': 'application/json' });
  expect(JSON.parse(String(init!.body))).toEqual({ image: address });
});

it('finds a prediction in its current state', async () => {
  const { fetch, client } = responding(() => Response.json(queued()));
  expect(await client.find(queued().id, signal)).toEqual(queued());
  expect(fetch.mock.calls[0]![0]).toBe(`../predictions/${queued().id}`);
});

it('waits for a prediction by long poll', async () => {
  const { fetch, client } = responding(() => Response.json(succeeded(3)));
  expect(await client.wait(queued().id, signal)).toEqual(succeeded(3));
  expect(fetch.mock.calls[0]![0]).toBe(`../predictions/${queued().id}?wait=10`);
});

it('throws the code of a problem and when to retry', async () => {
  const { client } = responding(() => problemResponse('queue-full', 503, { 'retry-after': '2' }));
  await expect(client.submit(image, { signal, onProgress })).rejects.toMatchObject({
    code: 'queue-full',
    retryable: true,
    retryAfterMs: 2000,
  });
});

it('has no time to retry when the response names none', async () => {
  const { client } = responding(() => problemResponse('too-large', 413));
  await expect(client.submit(image, { signal, onProgress })).rejects.toMatchObject({
    code: 'too-large',
    retryAfterMs: null,
  });
});

it.each([
  ['the page of a proxy', () => new Response('<h1>Bad gateway</h1>', { status: 502 }), true],
  ['a proxy that wants a pause', () => new Response('<h1>Slow down</h1>', { status: 429 }), true],
  ['a proxy that refuses', () => new Response('<h1>Forbidden</h1>', { status: 403 }), false],
  ['a proxy that finds nothing', () => new Response('', { status: 404 }), false],
  ['another website in place of a result', () => new Response('<h1>Welcome</h1>'), false],
  ['a problem with an unknown code', () => problemResponse('brand-new', 400), false],
  ['a prediction of another shape', () => Response.json({ id: 1 }), false],
])('does not understand %s', async (_, response, retryable) => {
  const { client } = responding(response);
  await expect(client.submit(image, { signal, onProgress })).rejects.toMatchObject({
    code: 'unexpected-response',
    retryable,
  });
});

it('knows by its status alone that a proxy refuses the image as too large', async () => {
  const page = new Response('<h1>413 Request Entity Too Large</h1>', { status: 413 });
  const { client } = responding(() => page);
  await expect(client.submit(image, { signal, onProgress })).rejects.toMatchObject({
    code: 'too-large-for-proxy',
    retryable: false,
  });
});

it('asks again for what is only fetched', async () => {
  const { client } = responding(() => new Response('<h1>Welcome</h1>'));
  await expect(client.find(queued().id, signal)).rejects.toMatchObject({
    code: 'unexpected-response',
    retryable: true,
  });
});

it('throws when no response came at all', async () => {
  const { client } = responding(() => Promise.reject(new TypeError('Failed to fetch')));
  vi.stubGlobal('navigator', { onLine: true });
  await expect(client.submit(image, { signal, onProgress })).rejects.toMatchObject({
    code: 'unreachable',
    retryable: true,
  });
  vi.stubGlobal('navigator', { onLine: false });
  await expect(client.submit(image, { signal, onProgress })).rejects.toMatchObject({
    code: 'offline',
    retryable: true,
  });
  vi.unstubAllGlobals();
});

it('rejects with the reason of the abort', async () => {
  const aborted = AbortSignal.abort(new Error('drawn again'));
  const { client } = responding(() => Promise.reject(new DOMException('aborted', 'AbortError')));
  await expect(client.submit(image, { signal: aborted, onProgress })).rejects.toThrow('drawn again');
});
