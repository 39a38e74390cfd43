import { beforeEach, expect, it } from 'vitest';
import { createSessionKeeper, loadSession } from './session-keeper.ts';
import { DRAWING, FIRST_VISIT, nextPage, type PageAction } from './state/page.ts';
import { withSession } from './state/session.ts';
import { createStore } from './state/store.ts';
import { succeeded } from './testing/predictions.ts';

const DRAWN: PageAction = {
  type: 'sheet',
  event: { type: 'stroke', stroke: { points: [[1, 2, 0.5]], pen: 'fine', pressed: false } },
};
const SENT: PageAction = { type: 'prediction', key: DRAWING, event: { type: 'sent', token: 1, at: 0 } };
const UNREACHED: PageAction = {
  type: 'prediction',
  key: DRAWING,
  event: { type: 'failed', token: 1, failure: { code: 'unreachable', retryable: true, retryAt: 1 } },
};
const READ: PageAction = {
  type: 'prediction',
  key: DRAWING,
  event: { type: 'state', token: 1, at: 1, prediction: succeeded(7) },
};

let browser: Storage;
beforeEach(() => {
  browser = createStorage();
});

function createStorage(): Storage {
  const items = new Map<string, string>();
  return {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
    removeItem: (key: string) => void items.delete(key),
  } as Storage;
}

/** Opens the page in a tab, and does what is done in it. */
function open(tab: Storage, ...actions: PageAction[]) {
  const storages = { tab: () => tab, browser: () => browser };
  const saved = loadSession(storages);
  const first = saved ? withSession(FIRST_VISIT, saved) : FIRST_VISIT;
  const store = createStore(first, nextPage);
  for (const action of actions) store.dispatch(action);
  return { store, session: createSessionKeeper({ ...storages, store, drawingId: () => null }) };
}

const strokesIn = (tab: Storage) => open(tab).store.state().sheet.strokes.length;

it('a later visit finds the drawing that could not be read, once', () => {
  open(createStorage(), DRAWN, SENT, UNREACHED).session.leave();
  expect(strokesIn(createStorage())).toBe(1);
  expect(strokesIn(createStorage())).toBe(0);
});

it('leaves nothing of a drawing that was read, also in the background', () => {
  open(createStorage(), DRAWN, SENT, READ).session.leave();
  expect(strokesIn(createStorage())).toBe(0);
  const { store, session } = open(createStorage(), DRAWN, SENT, UNREACHED);
  session.leave();
  store.dispatch({ ...SENT, event: { type: 'sent', token: 1, at: 0 } } as PageAction);
  store.dispatch(READ);
  session.leave();
  expect(strokesIn(createStorage())).toBe(0);
});

it('a page that comes back keeps its drawing to itself', () => {
  const { session } = open(createStorage(), DRAWN, SENT, UNREACHED);
  session.leave();
  session.comeBack();
  expect(strokesIn(createStorage())).toBe(0);
});

it('a new load in the same tab takes the drawing along, and no other tab does', () => {
  const tab = createStorage();
  open(tab, DRAWN, SENT, UNREACHED).session.leave();
  expect(strokesIn(tab)).toBe(1);
  expect(strokesIn(createStorage())).toBe(0);
});

it('a tab that has a drawing leaves the other one for later', () => {
  const tab = createStorage();
  open(tab, DRAWN, DRAWN).session.leave();
  open(createStorage(), DRAWN, SENT, UNREACHED).session.leave();
  expect(strokesIn(tab)).toBe(2);
  expect(strokesIn(createStorage())).toBe(1);
});

it.each(['{', '[]', '{"strokes":[{}]}'])('begins anew where the tab has kept %s', (text) => {
  const tab = createStorage();
  tab.setItem('inkqueue.session.2', text);
  expect(strokesIn(tab)).toBe(0);
});
