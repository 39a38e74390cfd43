import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { HistoryEntry } from '../state/history-entry.ts';
import { DRAWING, firstVisit, nextPage, type PageAction } from '../state/page.ts';
import { queued, succeeded } from '../testing/predictions.ts';
import { createRecorder } from './recorder.ts';

const idOf = (number: number) => `01938f5e-7b3a-7cc0-8000-00000000000${number}`;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A page that is changed by actions, and what its recorder keeps. */
function setUp() {
  let state = firstVisit;
  let tokens = 0;
  const kept = new Map<string, HistoryEntry>();
  const recorder = createRecorder(
    {
      add: (entries) => {
        for (const entry of entries) kept.set(entry.id, entry);
      },
      remove: (ids) => {
        for (const id of ids) kept.delete(id);
      },
    },
    state,
  );
  const act = (...actions: PageAction[]) => {
    for (const action of actions) {
      state = nextPage(state, action);
      recorder.changed(state);
    }
  };
  const read = (key: string, digit: number) => {
    const token = ++tokens;
    act(
      { type: 'reading', key, event: { type: 'waiting', token } },
      { type: 'reading', key, event: { type: 'sent', token, at: 0 } },
      { type: 'reading', key, event: { type: 'state', token, at: 1, prediction: queued(idOf(token)) } },
      {
        type: 'reading',
        key,
        event: { type: 'state', token, at: 2, prediction: succeeded(digit, idOf(token)) },
      },
    );
  };
  const stroke = (): PageAction => ({
    type: 'sheet',
    event: { type: 'stroke', stroke: { points: [[1, 1, 0.5]], pen: 'fine', pressed: false } },
  });
  const clear = () => act({ type: 'drawing-dropped', token: ++tokens });
  const digits = () => [...kept.values()].map(({ digit }) => digit);
  return { act, read, stroke, clear, digits, recorder, kept };
}

describe('a drawing', () => {
  it('is kept once it rests, not at every stroke', () => {
    const { act, read, stroke, digits } = setUp();
    for (const digit of [1, 7, 3]) {
      act(stroke());
      read(DRAWING, digit);
      vi.advanceTimersByTime(1000);
    }
    expect(digits()).toEqual([]);
    vi.advanceTimersByTime(1000);
    expect(digits()).toEqual([3]);
  });

  it('is kept as it was last before it was cleared', () => {
    const { read, clear, digits } = setUp();
    read(DRAWING, 1);
    read(DRAWING, 7);
    clear();
    expect(digits()).toEqual([7]);
  });

  it('that is drawn on takes the place of what was kept of it', () => {
    const { read, clear, digits } = setUp();
    read(DRAWING, 1);
    vi.advanceTimersByTime(2000);
    read(DRAWING, 4);
    vi.advanceTimersByTime(2000);
    expect(digits()).toEqual([4]);
    clear();
    read(DRAWING, 5);
    vi.advanceTimersByTime(2000);
    expect(digits()).toEqual([4, 5]);
  });

  it('is kept when the page goes away', () => {
    const { read, digits, recorder } = setUp();
    read(DRAWING, 8);
    recorder.flush();
    expect(digits()).toEqual([8]);
  });
});

describe('pictures', () => {
  it('are kept as they are answered, under their names, each once', () => {
    const { act, read, kept } = setUp();
    const pictures = ['a', 'b'].map((key) => ({ key, name: `${key}.png`, bytes: 1, preview: '' }));
    act({ type: 'pictures-added', pictures, leftOut: 0 });
    read('a', 5);
    expect([...kept.values()]).toMatchObject([{ digit: 5, source: { kind: 'file', name: 'a.png' } }]);
    kept.clear();
    read('b', 6);
    expect([...kept.values()]).toMatchObject([{ digit: 6, source: { name: 'b.png' } }]);
  });
});
