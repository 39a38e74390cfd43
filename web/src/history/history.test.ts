import { beforeEach, describe, expect, it, vi } from 'vitest';
import { entryOf, type HistoryEntry } from '../state/history-entry.ts';
import { resultOf, succeeded } from '../testing/predictions.ts';
import { createHistory } from './history.ts';

/** What a browser's storage does of Storage, with room for so many entries. */
class FakeStorage implements Storage {
  readonly #kept = new Map<string, string>();
  readonly #room: number;

  constructor(room = Number.POSITIVE_INFINITY) {
    this.#room = room;
  }
  get length() {
    return this.#kept.size;
  }
  key = (index: number) => [...this.#kept.keys()][index] ?? null;
  getItem = (key: string) => this.#kept.get(key) ?? null;
  removeItem = (key: string) => void this.#kept.delete(key);
  clear = () => this.#kept.clear();
  setItem = (key: string, value: string) => {
    if (this.#kept.size >= this.#room && !this.#kept.has(key))
      throw new DOMException('full', 'QuotaExceededError');
    this.#kept.set(key, value);
  };
}

const idOf = (number: number) => `01938f5e-7b3a-7cc0-8000-${String(number).padStart(12, '0')}`;
const entry = (number: number): HistoryEntry => ({
  ...entryOf(succeeded(3, idOf(number)), { kind: 'drawing' })!,
  at: new Date(Date.UTC(2026, 0, 1, 0, 0, number)).toISOString(),
});
const numbers = (entries: readonly HistoryEntry[]) => entries.map(({ id }) => Number(id.slice(-12)));

let storage: FakeStorage;
const open = (max = 5) => createHistory({ storage: () => storage, max });
beforeEach(() => {
  storage = new FakeStorage();
});

describe('what is kept', () => {
  it('comes back newest first', () => {
    open().add([entry(1), entry(3), entry(2)]);
    expect(numbers(open().entries())).toEqual([3, 2, 1]);
  });

  it('is the newest of so many', () => {
    const history = open();
    history.add([1, 2, 3, 4].map(entry));
    history.add([5, 6, 7].map(entry));
    expect(numbers(history.entries())).toEqual([7, 6, 5, 4, 3]);
    expect(storage.length).toBe(5);
    expect(numbers(open(2).entries())).toEqual([7, 6]);
    expect(storage.length).toBe(2);
  });

  it('goes when it is removed', () => {
    const history = open();
    history.add([entry(1), entry(2)]);
    history.remove([idOf(1)]);
    expect(numbers(history.entries())).toEqual([2]);
    expect(numbers(open().entries())).toEqual([2]);
  });

  it('is found by its id', () => {
    const history = open();
    history.add([entry(1), entry(2)]);
    expect(history.find(idOf(2))).toEqual(entry(2));
    expect(history.find(idOf(3))).toBeNull();
  });

  it('is told of', () => {
    const history = open();
    const heard = vi.fn();
    const end = history.subscribe(heard);
    history.add([entry(1)]);
    end();
    history.add([entry(2)]);
    expect(heard).toHaveBeenCalledOnce();
  });
});

describe('what is broken', () => {
  it.each([
    ['no JSON', '{'],
    ['no entry', '{"id":1}'],
    ['another entry', JSON.stringify(entry(9))],
    ['a digit that is none', JSON.stringify({ ...entry(8), digit: 10 })],
  ])('is dropped: %s', (_, text) => {
    open().add([entry(1)]);
    storage.setItem(`inkqueue.history.1.${idOf(8)}`, text);
    expect(numbers(open().entries())).toEqual([1]);
    expect(storage.length).toBe(1);
  });

  it('is not what belongs to another page or another version', () => {
    storage.setItem('inkqueue.history.2.x', '{');
    storage.setItem('theirs', '{');
    expect(open().entries()).toEqual([]);
    expect(storage.length).toBe(2);
  });
});

describe('two tabs', () => {
  it('lose nothing of each other', () => {
    const [here, there] = [open(), open()];
    here.add([entry(1)]);
    there.add([entry(2)]);
    here.stored(`inkqueue.history.1.${idOf(2)}`);
    expect(numbers(here.entries())).toEqual([2, 1]);
    expect(numbers(open().entries())).toEqual([2, 1]);
  });

  it('hear of each other’s changes only', () => {
    const history = open();
    const heard = vi.fn();
    history.subscribe(heard);
    history.stored('theirs');
    expect(heard).not.toHaveBeenCalled();
    history.stored(null);
    expect(heard).toHaveBeenCalledOnce();
  });
});

describe('storage', () => {
  it('that is full makes room for the newest', () => {
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
  ])('that is %s leaves a history for as long as the page lasts', (_, storage) => {
    const history = createHistory({ storage, max: 5 });
    history.add([entry(1), entry(2)]);
    history.remove([idOf(1)]);
    expect(numbers(history.entries())).toEqual([2]);
  });
});

describe('an entry', () => {
  const drawing = { kind: 'drawing' } as const;

  it('holds what the prediction says', () => {
    const uncertain = { ...succeeded(4), result: resultOf(4, 0.6, true) };
    expect(entryOf(uncertain, { kind: 'file', name: 'a.png' })).toEqual({
      id: uncertain.id,
      at: uncertain.finished_at,
      source: { kind: 'file', name: 'a.png' },
      digit: 4,
      confidence: 0.6,
      uncertain: true,
      preview: uncertain.preview,
    });
  });

  it('is none without a result', () => {
    expect(entryOf({ ...succeeded(4), result: null }, drawing)).toBeNull();
  });

  it('is small: no endless name, no large preview', () => {
    const preview = { width: 100, height: 100, pixels: 'A'.repeat(13_336) };
    const kept = entryOf({ ...succeeded(4), preview }, { kind: 'file', name: 'x'.repeat(1000) });
    expect(kept).toMatchObject({ preview: null, source: { name: 'x'.repeat(255) } });
  });
});
