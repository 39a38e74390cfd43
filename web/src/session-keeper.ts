import type { PageState, PageStore } from './state/page.ts';
import { type Session, session, toSession } from './state/session.ts';

/** The number is the version of the stored shape: another shape gets another number. */
const KEY = 'inkqueue.session.1';
/** While a batch is read the page changes many times a second. */
const SAVE_INTERVAL_MS = 1000;

/** What an earlier load of the page has kept in this tab; null where there is nothing, or nothing of this shape. */
export function loadSession(storage: () => Storage): Session | null {
  return attempt(() => session.safeParse(JSON.parse(storage().getItem(KEY) ?? 'null')).data ?? null);
}

/** Keeps the drawing and the images in this tab over a new load of the page; nothing where storage is blocked or full. */
export function createSessionKeeper(options: {
  storage: () => Storage;
  store: PageStore;
  drawingId: () => string | null;
}) {
  const { storage, store } = options;
  let saved: PageState | null = null;
  let timer: ReturnType<typeof setTimeout> | null = null;

  function save(): void {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    saved = store.state();
    const next = toSession(saved, options.drawingId());
    attempt(() => storage().setItem(KEY, JSON.stringify(next)));
  }

  return {
    save,
    /** The page has changed. */
    changed(): void {
      const { sheet, images, shown } = store.state();
      if (sheet === saved?.sheet && images === saved.images && shown === saved.shown) return;
      timer ??= setTimeout(save, SAVE_INTERVAL_MS);
    },
  };
}

function attempt<T>(action: () => T): T | null {
  try {
    return action();
  } catch (error) {
    if (error instanceof DOMException || error instanceof SyntaxError) return null;
    throw error;
  }
}
