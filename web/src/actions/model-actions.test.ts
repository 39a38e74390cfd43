import { testManifest } from '@inkqueue/shared/testing/model-manifest';
import { expect, it, vi } from 'vitest';
import { RequestFailure } from '../api/request-failure.ts';
import { FIRST_VISIT, nextPage } from '../state/page.ts';
import { createStore } from '../state/store.ts';
import { createModelActions } from './model-actions.ts';

const cardOf = (name: string) => ({ name, version: '1', card: '# A card', sets: {} });

/** The page before an api whose cards come when `release` is called. */
function setUp() {
  const store = createStore(FIRST_VISIT, nextPage);
  const releases: (() => void)[] = [];
  const models = createModelActions({
    store,
    client: async () => ({
      manifest: async () => testManifest,
      card: (name) => new Promise((resolve) => releases.push(() => resolve(cardOf(name)))),
    }),
  });
  return { store, models, releases };
}

it('shows the model of the place, and drops what comes late for another one', async () => {
  const { store, models, releases } = setUp();
  models.visit({ name: 'model', model: 'a' });
  models.visit({ name: 'model', model: 'b' });
  await vi.waitFor(() => expect(releases).toHaveLength(2));
  for (const release of releases) release();
  await vi.waitFor(() => expect(store.state().model?.shown?.card).toEqual(cardOf('b')));
  models.visit({ name: 'desk' });
  expect(store.state().model).toBeNull();
});

it('says, too, that the code which asks for it could not be fetched, and can be asked again', async () => {
  const store = createStore(FIRST_VISIT, nextPage);
  const client = vi.fn(() => Promise.reject(new TypeError('Failed to fetch dynamically imported module')));
  createModelActions({ store, client }).open('a');
  await vi.waitFor(() =>
    expect(store.state().model).toMatchObject({ failure: { code: 'unreachable', retryable: true } }),
  );
});

it('says why a model cannot be shown', async () => {
  const store = createStore(FIRST_VISIT, nextPage);
  const gone = new RequestFailure({ code: 'model-not-found', retryable: false });
  const fails = () => Promise.reject(gone);
  createModelActions({ store, client: async () => ({ manifest: fails, card: fails }) }).open('a');
  await vi.waitFor(() =>
    expect(store.state().model).toMatchObject({ failure: { code: 'model-not-found', retryable: false } }),
  );
});
