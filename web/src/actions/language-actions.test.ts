import { beforeEach, expect, it, vi } from 'vitest';
import { FIRST_VISIT, nextPage } from '../state/page.ts';
import { createStore } from '../state/store.ts';
import { setLanguage, texts } from '../texts/texts.ts';
import { createLanguageActions } from './language-actions.ts';

let items: Map<string, string>;
beforeEach(async () => {
  items = new Map();
  await setLanguage('en');
});

const storage = () =>
  ({
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
  }) as Storage;

function page(wanted: string[], from: () => Storage = storage) {
  const store = createStore(FIRST_VISIT, nextPage);
  return { store, language: createLanguageActions({ store, storage: from, wanted }) };
}

it('begins with the language of the browser, or with the one that was chosen', async () => {
  const first = page(['de-AT', 'en']);
  await first.language.begin();
  expect(first.store.state().language).toEqual({ current: 'de', missing: null });
  expect(texts.language).toBe('Sprache');
  first.language.choose('zh');
  await vi.waitFor(() => expect(first.store.state().language.current).toBe('zh'));
  const later = page(['de-AT', 'en']);
  await later.language.begin();
  expect(later.store.state().language.current).toBe('zh');
});

it('takes the choice of another tab', async () => {
  const { store, language } = page(['en']);
  items.set('inkqueue.language', 'fr');
  language.reload('inkqueue.history.1.x');
  language.reload('inkqueue.language');
  await vi.waitFor(() => expect(store.state().language.current).toBe('fr'));
});

it('works for as long as the page where storage is blocked', async () => {
  const { store, language } = page(['es'], () => {
    throw new DOMException('blocked');
  });
  await language.begin();
  expect(store.state().language.current).toBe('es');
  language.choose('en');
  await vi.waitFor(() => expect(store.state().language.current).toBe('en'));
});
