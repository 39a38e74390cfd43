import type { Prediction } from '@inkqueue/shared/contracts/prediction';
import { expect, it, vi } from 'vitest';
import { RequestFailure } from '../api/request-failure.ts';
import { FIRST_VISIT, nextPage } from '../state/page.ts';
import { createStore } from '../state/store.ts';
import { succeeded } from '../testing/predictions.ts';
import { createWhyActions } from './why-actions.ts';

const explanation = { width: 1, height: 1, patch: 6, digits: [] };
const explained = (digit: number): Prediction => ({ ...succeeded(digit), explanation });

/** The page before an api that gives this response, where it has an image under the key `a` alone. */
function setUp(respond: (signal: AbortSignal) => Promise<Prediction>) {
  const store = createStore(FIRST_VISIT, nextPage);
  const explain = vi.fn((_: Blob, signal: AbortSignal) => respond(signal));
  const image = async () => new Blob(['ink']);
  const why = createWhyActions({
    store,
    client: { explain },
    imageOf: (key) => (key === 'a' ? image : null),
  });
  return { store, explain, why };
}

it('sends the image once more, and keeps the explanation of what was read', async () => {
  const { store, explain, why } = setUp(async () => explained(3));
  expect([why.canAsk('a'), why.canAsk('b')]).toEqual([true, false]);
  why.ask('b', 'p', '3');
  expect(store.state().why).toBeNull();
  why.ask('a', 'p', '3');
  expect(store.state().why).toMatchObject({ predictionId: 'p', phase: 'asking' });
  await vi.waitFor(() => expect(store.state().why).toMatchObject({ phase: 'known', explanation }));
  expect(explain).toHaveBeenCalledOnce();
});

it.each([
  ['another text, as of a drawing that has changed', async () => explained(8), 'unexpected-response'],
  ['no explanation, as an older worker', async () => succeeded(3), 'unexpected-response'],
  ['a refusal', () => Promise.reject(new RequestFailure({ code: 'busy', retryable: true })), 'busy'],
])('says that it failed where the service sends %s', async (_, respond, failure) => {
  const { store, why } = setUp(respond);
  why.ask('a', 'p', '3');
  await vi.waitFor(() => expect(store.state().why).toMatchObject({ phase: 'failed', failure }));
});

it('ends a question that nobody asks any more', async () => {
  const aborted: string[] = [];
  const { store, why } = setUp(
    (signal) =>
      new Promise((_, reject) =>
        signal.addEventListener('abort', () => {
          aborted.push('first');
          reject(signal.reason);
        }),
      ),
  );
  why.ask('a', 'p', '3');
  await vi.waitFor(() => expect(store.state().why).not.toBeNull());
  why.close();
  expect(store.state().why).toBeNull();
  await vi.waitFor(() => expect(aborted.length).toBeLessThanOrEqual(1));
  expect(store.state().why).toBeNull();
});
