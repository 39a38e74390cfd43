import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { HistoryEntry } from '../state/history-entry.ts';
import { DRAWING, FIRST_VISIT, nextPage, type PageAction } from '../state/page.ts';
import { queued, succeeded } from '../testing/predictions.ts';
import { createRecorder } from './recorder.ts';

const idOf = (number: number) => `01938f5e-7b3a-7cc0-8000-00000000000${number}`;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A page that is changed by actions, and the entries that its recorder adds. */
function setUp(first = FIRST_VISIT, drawingId: string | null = null) {
  let state = first;
  let tokens = 0;
  const entries = new Map<string, HistoryEntry>();
  const recorder = createRecorder(
    {
      add: (added) => {
        for (const entry of added) entries.set(entry.id, entry);
      },
      remove: (ids) => {
        for (const id of ids) entries.delete(id);
      },
    },
    state,
    drawingId,
  );
  const act = (...actions: PageAction[]) => {
    for (const action of actions) {
      state = nextPage(state, action);
      recorder.changed(state);
    }
  };
  const predict = (key: string, digit: number) => {
    const token = ++tokens;
    act(
      { type: 'prediction', key, event: { type: 'waiting', token } },
      { type: 'prediction', key, event: { type: 'sent', token, at: 0 } },
      { type: 'prediction', key, event: { type: 'state', token, at: 1, prediction: queued(idOf(token)) } },
      {
        type: 'prediction',
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
  const digits = () => [...entries.values()].map(({ text }) => Number(text));
  return { act, predict, stroke, clear, digits, recorder, entries };
}

describe('a drawing', () => {
  it('is recorded once it rests, not at every stroke', () => {
    const { act, predict, stroke, digits } = setUp();
    for (const digit of [1, 7, 3]) {
      act(stroke());
      predict(DRAWING, digit);
      vi.advanceTimersByTime(1000);
    }
    expect(digits()).toEqual([]);
    vi.advanceTimersByTime(1000);
    expect(digits()).toEqual([3]);
  });

  it('is recorded with its last result before it was cleared', () => {
    const { predict, clear, digits } = setUp();
    predict(DRAWING, 1);
    predict(DRAWING, 7);
    clear();
    expect(digits()).toEqual([7]);
  });

  it('replaces its earlier entry when it goes on', () => {
    const { predict, clear, digits } = setUp();
    predict(DRAWING, 1);
    vi.advanceTimersByTime(2000);
    predict(DRAWING, 4);
    vi.advanceTimersByTime(2000);
    expect(digits()).toEqual([4]);
    clear();
    predict(DRAWING, 5);
    vi.advanceTimersByTime(2000);
    expect(digits()).toEqual([4, 5]);
  });

  it('is recorded when the page goes away', () => {
    const { predict, digits, recorder } = setUp();
    predict(DRAWING, 8);
    recorder.flush();
    expect(digits()).toEqual([8]);
  });
});

describe('images', () => {
  it('are recorded as their results come, under their names, each once', () => {
    const { act, predict, entries } = setUp();
    const images = ['a', 'b'].map((key) => ({
      key,
      name: `${key}.png`,
      origin: 'file' as const,
      thumbnail: '',
    }));
    act({ type: 'images-added', images, leftOut: 0 });
    predict('a', 5);
    expect([...entries.values()]).toMatchObject([{ text: '5', source: { kind: 'file', name: 'a.png' } }]);
    entries.clear();
    predict('b', 6);
    expect([...entries.values()]).toMatchObject([{ text: '6', source: { name: 'b.png' } }]);
  });
});

describe('after a new load of the page', () => {
  it('the same drawing is not recorded again; when it goes on, it replaces its entry', () => {
    const drawn = nextPage(FIRST_VISIT, setUp().stroke());
    const { act, stroke, predict, digits, recorder } = setUp(drawn, idOf(9));
    predict(DRAWING, 3);
    recorder.flush();
    expect(digits()).toEqual([]);
    expect(recorder.drawingId()).toBe(idOf(9));
    act(stroke());
    predict(DRAWING, 8);
    recorder.flush();
    expect(digits()).toEqual([8]);
    expect(recorder.drawingId()).toBe(idOf(2));
  });

  it('images are recorded unless they were before', () => {
    const images = ['a', 'b'].map((key) => ({
      key,
      name: key,
      origin: 'file' as const,
      thumbnail: null,
    }));
    const added = nextPage(FIRST_VISIT, { type: 'images-added', images, leftOut: 0 });
    const first = {
      ...added,
      images: added.images.map((image) => ({ ...image, recorded: image.key === 'a' })),
    };
    const { predict, digits } = setUp(first);
    predict('a', 5);
    predict('b', 6);
    expect(digits()).toEqual([6]);
  });
});
