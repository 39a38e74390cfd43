import { type FindStorage, readJson, withStorage } from './browser/storage.ts';
import type { PageState, PageStore } from './state/page.ts';
import { type Session, session, toSession, toUnread } from './state/session.ts';

/** The number is the version of the stored shape: another shape gets another number. */
const KEY = 'inkqueue.session.2';
const UNREAD_KEY = 'inkqueue.unread.1';
/** While a batch is read the page changes many times a second. */
const SAVE_INTERVAL_MS = 1000;

interface Storages {
  /** This tab's own. */
  tab: FindStorage;
  /** The browser's, over all tabs and visits. */
  browser: FindStorage;
}

/**
 * What an earlier load of the page has kept in this tab, else a drawing that an earlier visit could not have read; null where
 * there is nothing, or nothing of this shape.
 */
export function loadSession({ tab, browser }: Storages): Session | null {
  const kept = load(tab, KEY);
  const unread = load(browser, UNREAD_KEY);
  const isOwn = JSON.stringify(kept?.strokes) === JSON.stringify(unread?.strokes);
  const isEmpty = !kept || kept.strokes.length + kept.images.length === 0;
  // No other tab takes it as well.
  if (unread && (isOwn || isEmpty)) withStorage(browser, (storage) => storage.removeItem(UNREAD_KEY));
  return isEmpty ? (unread ?? kept) : kept;
}

/**
 * Keeps the drawing and the images in this tab over a new load of the page, and a drawing that the service could not read for a
 * later visit; nothing where storage is blocked or full.
 */
export function createSessionKeeper(
  options: Storages & { store: PageStore; drawingId: () => string | null },
) {
  const { tab, browser, store } = options;
  let saved: PageState | null = null;
  let timer: ReturnType<typeof setTimeout> | null = null;
  let keepsUnread = false;

  function save(): void {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    saved = store.state();
    const next = toSession(saved, options.drawingId());
    withStorage(tab, (storage) => storage.setItem(KEY, JSON.stringify(next)));
  }

  function comeBack(): void {
    if (keepsUnread) withStorage(browser, (storage) => storage.removeItem(UNREAD_KEY));
    keepsUnread = false;
  }

  return {
    /** The page may not come back: a later visit finds its unread drawing. */
    leave(): void {
      save();
      const unread = toUnread(store.state());
      if (unread) withStorage(browser, (storage) => storage.setItem(UNREAD_KEY, JSON.stringify(unread)));
      else comeBack();
      keepsUnread = unread !== null;
    },
    /** The page is here, with its drawing: no other takes it. */
    comeBack,
    /** The page has changed. */
    changed(): void {
      const { sheet, images, shown } = store.state();
      if (sheet === saved?.sheet && images === saved.images && shown === saved.shown) return;
      timer ??= setTimeout(save, SAVE_INTERVAL_MS);
    },
  };
}

function load(find: FindStorage, key: string): Session | null {
  return withStorage(find, (storage) => session.safeParse(readJson(storage, key)).data ?? null);
}
