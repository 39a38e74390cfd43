import { type FindStorage, withStorage } from '../browser/storage.ts';
import { isLanguage, type Language, languageFor } from '../state/language.ts';
import type { PageStore } from '../state/page.ts';
import { setLanguage } from '../texts/texts.ts';

const KEY = 'inkqueue.language';
/** A page in English is better than none; it changes once the texts have come. */
const PATIENCE_MS = 3000;

/**
 * The language of the page: what people chose, in this tab or another, else what the browser asks for.
 *
 * @param options.wanted the browser's languages, best first
 */
export function createLanguageActions(options: {
  store: PageStore;
  storage: FindStorage;
  wanted: readonly string[];
}) {
  const { store, storage, wanted } = options;

  /** Null where people have not chosen, or storage is blocked. */
  function chosen(): Language | null {
    const saved = withStorage(storage, (found) => found.getItem(KEY)) ?? '';
    return isLanguage(saved) ? saved : null;
  }

  async function use(language: Language): Promise<void> {
    try {
      if (await setLanguage(language)) store.dispatch({ type: 'language', language });
    } catch (error) {
      // A dynamic import that fails throws a TypeError, whatever the reason.
      if (!(error instanceof TypeError)) throw error;
      store.dispatch({ type: 'language-missing', language });
    }
  }

  return {
    /** Sets the page's first language. Resolves when its texts have come, and in any case before long. */
    async begin(): Promise<void> {
      const patience = new Promise<void>((resolve) => setTimeout(resolve, PATIENCE_MS));
      await Promise.race([use(chosen() ?? languageFor(wanted)), patience]);
    },
    choose(language: Language): void {
      // Where storage is blocked or full, the choice lasts as long as the page.
      withStorage(storage, (found) => found.setItem(KEY, language));
      void use(language);
    },
    /** Another tab has written under `key`, null for every key: takes its choice. */
    reload(key: string | null): void {
      if (key === KEY || key === null) void use(chosen() ?? languageFor(wanted));
    },
  };
}
