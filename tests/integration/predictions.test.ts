import { predictResponse } from '@inkqueue/shared/contracts/api';
import { type Prediction, prediction } from '@inkqueue/shared/contracts/prediction';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { find, form, postPredict, predict, submit } from './client.ts';
import { type Digit, digit, digitPng, numberPng } from './pictures.ts';
import type { Running } from './processes.ts';
import { imagesKey, jobOf } from './queue.ts';
import { createStack } from './stack.ts';

const stack = createStack();
let api: Running;

beforeAll(async () => {
  [api] = await Promise.all([stack.api(), stack.worker()]);
});
afterAll(() => stack.close());

describe('POST /predict', () => {
  test.each([0, 1, 2, 3, 4, 5, 6, 7, 8, 9] satisfies Digit[])('recognises a drawn %i', async (value) => {
    const result = await predict(api, await digitPng(value));
    expect(result).toMatchObject({ predicted_digit: value, text: String(value), uncertain: false });
    expect(result).not.toHaveProperty('reason');
    expect(result.probabilities?.reduce((a, b) => a + b)).toBeCloseTo(1, 4);
    expect(result.confidence).toBe(result.probabilities?.[value]);
    expect(result.timings.batch_size).toBe(1);
  });

  test('recognises white ink on black', async () => {
    const image = await digitPng(7, { ink: '#fff', paper: '#000' });
    expect(await predict(api, image)).toMatchObject({ predicted_digit: 7 });
  });

  test('takes the image itself as the body', async () => {
    const response = await postPredict(api, new Uint8Array(await digitPng(3)), {
      'content-type': 'image/png',
    });
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ predicted_digit: 3 });
  });

  test.each(['png', 'jpeg', 'webp', 'gif', 'tiff', 'avif'] as const)(
    'recognises %s by its content, under any name',
    async (format) => {
      const image = await digit(2).toFormat(format).toBuffer();
      const response = await postPredict(api, form(image, { name: 'picture.txt' }));
      expect(await response.json()).toMatchObject({ predicted_digit: 2 });
    },
  );

  test('keeps its result under the id in the response', async () => {
    const { id, predicted_digit, links } = await predict(api, await digitPng(6));
    const response = await fetch(api.url + links.self);
    const stored = prediction.parse(await response.json());
    expect(stored).toMatchObject({ id, status: 'succeeded', error: null, queue_position: null });
    expect(stored.result?.predicted_digit).toBe(predicted_digit);
    expect(response.headers.has('retry-after')).toBe(false);
  });
});

describe('POST /predictions', () => {
  test('accepts at once, and gives the result later', async () => {
    const response = await fetch(`${api.url}/predictions`, { method: 'POST', body: form(await digitPng(8)) });
    expect(response.status).toBe(202);
    expect(response.headers.get('retry-after')).toMatch(/^\d+$/);
    const accepted = prediction.parse(await response.json());
    expect(accepted).toMatchObject({ status: 'queued', result: null, started_at: null, finished_at: null });
    expect(response.headers.get('location')).toBe(`/predictions/${accepted.id}`);

    const done = await find(api, accepted.id, 10);
    expect(done).toMatchObject({ id: accepted.id, status: 'succeeded', result: { predicted_digit: 8 } });
    expect(done.created_at).toBe(accepted.created_at);
    const times = [done.created_at, done.started_at, done.finished_at].map((time) => Date.parse(time ?? ''));
    expect(times).toEqual(times.toSorted((a, b) => a - b));
  });

  test('deletes the image once its prediction is final', async () => {
    const { id } = await submit(api, await digitPng(1));
    await find(api, id, 10);
    await expect.poll(() => stack.redis.exists(imagesKey(stack.prefix, id))).toBe(0);
  });

  test('a failed prediction has its reason, with and without a wait', async () => {
    const { id } = await submit(api, await digitPng(1, { ink: '#fff' }));
    const waited = await find(api, id, 10);
    expect(waited).toMatchObject({
      status: 'failed',
      result: null,
      error: { code: 'no-ink', retryable: false },
    });
    expect(waited.started_at).not.toBeNull();
    expect(await find(api, id)).toEqual(waited);
  });
});

describe('?explain=', () => {
  /** The map of `digit`, in the unit of its scale. */
  const mapOf = ({ explanation }: Pick<Prediction, 'explanation'>, digit: number) =>
    new Int8Array(Buffer.from(explanation?.digits[0]?.values[digit] ?? '', 'base64'));

  test('POST /predict says what of the ink speaks for each digit, and keeps it', async () => {
    const response = await fetch(`${api.url}/predict?explain=true`, {
      method: 'POST',
      body: form(await digitPng(7)),
    });
    expect(response.status).toBe(200);
    const body = predictResponse.parse(await response.json());
    expect(body).toMatchObject({ predicted_digit: 7, preview: null, explanation: { width: 14, height: 14 } });
    expect(body.timings.explain_ms).toBeGreaterThan(0);
    const seven = mapOf(body, 7);
    expect(seven).toHaveLength(14 * 14);
    // The bar above speaks for a seven, and against a one.
    expect(Math.max(...seven.subarray(0, 6 * 14))).toBeGreaterThan(20);
    expect(Math.min(...mapOf(body, 1).subarray(0, 6 * 14))).toBeLessThan(-10);
    const kept = await find(api, body.id);
    expect(kept.explanation).toEqual(body.explanation);
    expect(kept.worker).toBe(body.worker);
  });

  test('no other prediction has it, and of a number each digit has its own', async () => {
    const post = async (query: string, image: Buffer) =>
      predictResponse.parse(
        await (await fetch(`${api.url}/predict${query}`, { method: 'POST', body: form(image) })).json(),
      );
    const [plain, number] = await Promise.all([
      post('', await digitPng(7)),
      post('?explain', await numberPng('42')),
    ]);
    expect(plain).not.toHaveProperty('explanation');
    expect(number).toMatchObject({ text: '42', explanation: { digits: [{}, {}] } });
  });
});

describe('?preview=', () => {
  /** The pixels of a preview, checked against its size. */
  const pixelsOf = (preview: Prediction['preview']) => {
    const pixels = Buffer.from(preview?.pixels ?? '', 'base64');
    expect(pixels).toHaveLength((preview?.width ?? 0) * (preview?.height ?? 0));
    return pixels;
  };

  test('POST /predict returns the network’s input, and keeps it', async () => {
    const response = await fetch(`${api.url}/predict?preview=true`, {
      method: 'POST',
      body: form(await digitPng(1)),
    });
    expect(response.status).toBe(200);
    const { id, preview } = predictResponse.parse(await response.json());
    expect(preview).toMatchObject({ width: 28, height: 28 });
    const pixels = pixelsOf(preview);
    // A one stands upright in the middle: ink there, paper at the edges.
    expect(Math.max(...pixels.subarray(14 * 28 + 10, 14 * 28 + 18))).toBeGreaterThan(128);
    expect(Math.max(...pixels.subarray(0, 28))).toBe(0);
    expect((await find(api, id)).preview).toEqual(preview);
  });

  test('no other prediction has it, even one of the same job', async () => {
    const image = await digitPng(4);
    const send = async (_: unknown, i: number) => {
      const asked = i % 2 === 0;
      const response = await fetch(`${api.url}/predictions?preview=${asked}`, {
        method: 'POST',
        body: form(image),
      });
      const { id, preview } = prediction.parse(await response.json());
      expect(preview).toBeNull();
      return { asked, id };
    };
    // Images share a job when they arrive at one moment: on a busy machine not every time.
    const accepted = await vi.waitFor(
      async () => {
        const sent = await Promise.all(Array.from({ length: 12 }, send));
        expect(new Set(sent.map(({ id }) => jobOf(id))).size).toBeLessThan(sent.length);
        return sent;
      },
      { timeout: 20_000, interval: 0 },
    );
    for (const { asked, id } of accepted) {
      const { preview, result } = await find(api, id, 10);
      expect(result?.predicted_digit).toBe(4);
      if (asked) expect(pixelsOf(preview).some((value) => value > 0)).toBe(true);
      else expect(preview).toBeNull();
    }
  });

  test.each(['', 'yes', '1', 'true'])('treats “%s” as true', async (value) => {
    const response = await fetch(`${api.url}/predict?preview=${value}`, {
      method: 'POST',
      body: form(await digitPng(1)),
    });
    expect(predictResponse.parse(await response.json()).preview).toMatchObject({ width: 28 });
  });

  test.each(['maybe', '2', 'true&preview=false'])('refuses “%s”', async (value) => {
    const response = await fetch(`${api.url}/predict?preview=${value}`, {
      method: 'POST',
      body: form(await digitPng(1)),
    });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ code: 'invalid-request' });
  });
});

describe('GET /predictions/{id}?wait=', () => {
  test('returns a finished prediction at once', async () => {
    const { id } = await predict(api, await digitPng(9));
    const start = performance.now();
    expect(await find(api, id, 30)).toMatchObject({ status: 'succeeded' });
    expect(performance.now() - start).toBeLessThan(1_000);
  });

  test.each(['', '120'])('returns a finished prediction at once for “%s” too', async (wait) => {
    const { id } = await predict(api, await digitPng(9));
    const response = await fetch(`${api.url}/predictions/${id}?wait=${wait}`);
    expect(await response.json()).toMatchObject({ status: 'succeeded' });
  });

  test.each(['-1', 'soon', 'NaN'])('refuses a wait of %s', async (wait) => {
    const { id } = await predict(api, await digitPng(9));
    const response = await fetch(`${api.url}/predictions/${id}?wait=${wait}`);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ code: 'invalid-request' });
  });
});
