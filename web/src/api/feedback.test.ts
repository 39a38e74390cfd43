import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createSendFeedback } from './feedback.ts';
import { createJsonRequest } from './request.ts';

const ID = '01938f5e-7b3a-7cc0-8000-000000000001';
const path = `/predictions/${ID}/feedback`;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it('sends the digit', async () => {
  const saved = { id: ID, digit: 4, text: '4', at: '2026-01-01T00:00:00.000Z' };
  const fetch = vi.fn<typeof globalThis.fetch>(() => Promise.resolve(Response.json(saved)));
  await createSendFeedback(createJsonRequest(fetch))(path, { digit: 4 });
  expect(fetch).toHaveBeenCalledExactlyOnceWith(
    path,
    expect.objectContaining({ method: 'PUT', body: '{"digit":4}' }),
  );
  expect(fetch.mock.calls[0]![1]!.headers).toMatchObject({ 'content-type': 'application/json' });
  expect(vi.getTimerCount()).toBe(0);
});

it('sends null for no digit', async () => {
  const saved = { id: ID, digit: null, text: null, at: '2026-01-01T00:00:00.000Z' };
  const fetch = vi.fn<typeof globalThis.fetch>(() => Promise.resolve(Response.json(saved)));
  await createSendFeedback(createJsonRequest(fetch))(path, { text: null });
  expect(fetch.mock.calls[0]![1]!.body).toBe('{"text":null}');
});

it('gives up on a service that does not respond', async () => {
  const fetch: typeof globalThis.fetch = (_, init) =>
    new Promise((_resolve, reject) => {
      init!.signal!.addEventListener('abort', () => reject(init!.signal!.reason));
    });
  const sent = createSendFeedback(createJsonRequest(fetch))(path, { digit: 4 });
  const refused = expect(sent).rejects.toMatchObject({ code: 'unreachable', retryable: true });
  await vi.advanceTimersByTimeAsync(10_000);
  await refused;
});
