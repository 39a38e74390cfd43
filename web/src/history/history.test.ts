import { beforeEach, describe, expect, it, vi } from 'vitest';
import { type HistoryEntry, toHistoryEntry } from '../state/history-entry.ts';
import { succeeded } from '../testing/predictions.ts';
import { createHistory } from './history.ts';

/** What a browser's storage does of Storage, with room for a number of entries. */
class FakeStorage implements Storage {
  readonly #items = new Map<string, string>();
  readonly #room: number;

  constructor(room = Number.POSITIVE_INFINITY) {
    this.#room = room;
  }
  get length() {
    return this.#items.size;
  }
  key = (index: number) => [...this.#items.keys()][index] ?? null;
  getItem = (key: string) => this.#items.get(key) ?? null;
  removeItem = (key: string) => void this.#items.delete(key);
  clear = () => this.#items.clear();
  setItem = (key: string, value: string) => {
    if (this.#items.size >= this.#room && !this.#items.has(key))
      throw new DOMException('full', 'QuotaExceededError');
    this.#items.set(key, value);
  };
}

const idOf = (number: number) => `01938f5e-7b3a-7cc0-8000-${String(number).padStart(12, '0')}`;
const entry = (number: number): HistoryEntry => ({
  ...toHistoryEntry(succeeded(3, idOf(number)), { kind: 'drawing' })!,
  at: new Date(Date.UTC(2026, 0, 1, 0, 0, number)).toISOString(),
});
const numbers = (entries: readonly HistoryEntry[]) => entries.map(({ id }) => Number(id.slice(-12)));

let storage: FakeStorage;
const open = (max = 5) => createHistory({ storage: () => storage, max });
beforeEach(() => {
  storage = new FakeStorage();
});

describe('entries', () => {
  it('come back newest first', () => {
    open().add([entry(1), entry(3), entry(2)]);
    expect(numbers(open().entries())).toEqual([3, 2, 1]);
  });

  it('are the newest up to the maximum', () => {
    const history = open();
    history.add([1, 2, 3, 4].map(entry));
    history.add([5, 6, 7].map(entry));
    expect(numbers(history.entries())).toEqual([7, 6, 5, 4, 3]);
    expect(storage.length).toBe(5);
    expect(numbers(open(2).entries())).toEqual([7, 6]);
    expect(storage.length).toBe(2);
  });

  it('go when they are removed', () => {
    const history = open();
    history.add([entry(1), entry(2)]);
    history.remove([idOf(1)]);
    expect(numbers(history.entries())).toEqual([2]);
    expect(numbers(open().entries())).toEqual([2]);
  });

  it('of an earlier version of the page, with one digit in place of the text, still load', () => {
    const { text, ...rest } = entry(1);
    storage.setItem(`inkqueue.history.1.${idOf(1)}`, JSON.stringify({ ...rest, digit: Number(text) }));
    expect(open().entries()).toEqual([entry(1)]);
  });

  it('are found by their ids', () => {
    const history = open();
    history.add([entry(1), entry(2)]);
    expect(history.find(idOf(2))).toEqual(entry(2));
    expect(history.find(idOf(3))).toBeNull();
  });

  it('are reported when they change', () => {
    const history = open();
    const listener = vi.fn();
    const end = history.subscribe(listener);
    history.add([entry(1)]);
    end();
    history.add([entry(2)]);
    expect(listener).toHaveBeenCalledOnce();
  });
});

describe('a broken item', () => {
  it.each([
    ['invalid JSON', '{'],
    ['not an entry', '{"id":1}'],
    ['an entry under another key', JSON.stringify(entry(9))],
    ['an invalid number', JSON.stringify({ ...entry(8), text: '1a' })],
    ['neither a number nor a digit', JSON.stringify({ ...entry(8), text: undefined })],
  ])('is dropped: %s', (_, text) => {
    open().add([entry(1)]);
    storage.setItem(`inkqueue.history.1.${idOf(8)}`, text);
    expect(numbers(open().entries())).toEqual([1]);
    expect(storage.length).toBe(1);
  });

  it('is left alone when it belongs to another page or another version', () => {
    storage.setItem('inkqueue.history.2.x', '{');
    storage.setItem('theirs', '{');
    expect(open().entries()).toEqual([]);
    expect(storage.length).toBe(2);
  });
});

describe('two tabs', () => {
  it('keep each other’s entries', () => {
    const [here, there] = [open(), open()];
    here.add([entry(1)]);
    there.add([entry(2)]);
    here.reload(`inkqueue.history.1.${idOf(2)}`);
    expect(numbers(here.entries())).toEqual([2, 1]);
    expect(numbers(open().entries())).toEqual([2, 1]);
  });

  it('report each other’s changes only', () => {
    const history = open();
    const listener = vi.fn();
    history.subscribe(listener);
    history.reload('theirs');
    expect(listener).not.toHaveBeenCalled();
    history.reload(null);
    expect(listener).toHaveBeenCalledOnce();
  });
});

describe('storage', () => {
  it('makes room for the newest when it is full', () => {
    storage = new FakeStorage(4);
    const history = open();
    for (const number of [1, 2, 3, 4, 5]) history.add([entry(number)]);
    expect(numbers(history.entries())).toEqual([5, 4, 3, 2, 1]);
    expect(numbers(open().entries())[0]).toBe(5);
  });

  it.each([
    [
      'blocked',
      () => {
        throw new DOMException('no', 'SecurityError');
      },
    ],
    ['missing', () => null],
    ['without any room', () => new FakeStorage(0)],
  ])('that is %s leaves a history that lasts as long as the page', (_, storage) => {
    const history = createHistory({ storage, max: 5 });
    history.add([entry(1), entry(2)]);
    history.remove([idOf(1)]);
    expect(numbers(history.entries())).toEqual([2]);
  });
});
