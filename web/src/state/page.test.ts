import { describe, expect, it } from 'vitest';
import { queued, succeeded } from '../testing/predictions.ts';
import type { FailureCode } from './failure.ts';
import { entryOf } from './history-entry.ts';
import {
  DRAWING,
  firstVisit,
  LINKED,
  nextPage,
  ownCopy,
  type PageAction,
  type PageState,
  shownPicture,
  shownReading,
} from './page.ts';
import type { ReadingEvent } from './tracked-prediction.ts';

const replay = (actions: PageAction[], from: PageState = firstVisit) => actions.reduce(nextPage, from);
const picture = (key: string) => ({ key, name: `${key}.png`, bytes: 10, preview: `blob:${key}` });
const added = (...keys: string[]): PageAction => ({
  type: 'pictures-added',
  pictures: keys.map(picture),
  leftOut: 0,
});
const read = (key: string, digit: number): PageAction[] => [
  { type: 'reading', key, event: { type: 'waiting', token: 1 } },
  { type: 'reading', key, event: { type: 'sent', token: 1, at: 0 } },
  { type: 'reading', key, event: { type: 'state', token: 1, at: 1, prediction: queued() } },
  { type: 'reading', key, event: { type: 'state', token: 1, at: 2, prediction: succeeded(digit) } },
];
const strokeDrawn: PageAction = {
  type: 'sheet',
  event: { type: 'stroke', stroke: { points: [[1, 1, 0.5]], pen: 'fine', pressed: false } },
};

describe('pictures', () => {
  it('come newest first, and the first of those added is shown', () => {
    const state = replay([added('a'), added('b', 'c')]);
    expect(state.pictures.map(({ key }) => key)).toEqual(['b', 'c', 'a']);
    expect(shownPicture(state)?.key).toBe('b');
  });

  it('are read each on their own', () => {
    const state = replay([added('a', 'b'), ...read('b', 7)]);
    expect(state.pictures.map(({ reading }) => reading.answer?.result.predicted_digit)).toEqual([
      undefined,
      7,
    ]);
    expect(state.drawing).toBe(firstVisit.drawing);
  });

  it('give way to the drawing when the shown one is removed', () => {
    const state = replay([added('a', 'b'), { type: 'picture-removed', key: 'a' }]);
    expect(state).toMatchObject({ shown: DRAWING, pictures: [{ key: 'b' }] });
    expect(replay([{ type: 'pictures-cleared' }], state).pictures).toEqual([]);
  });

  it('stay shown when another one is removed', () => {
    expect(replay([added('a', 'b'), { type: 'picture-removed', key: 'b' }]).shown).toBe('a');
  });

  it('that are gone take no more answers', () => {
    const gone = replay([added('a'), { type: 'picture-removed', key: 'a' }]);
    expect(replay(read('a', 7), gone)).toEqual(gone);
  });
});

describe('the answer', () => {
  it('is about the drawing as soon as somebody draws', () => {
    expect(replay([added('a'), strokeDrawn]).shown).toBe(DRAWING);
  });

  it('stays with the picture while only the pen is changed', () => {
    expect(replay([added('a'), { type: 'sheet', event: { type: 'pen', pen: 'broad' } }]).shown).toBe('a');
  });

  it('goes with the drawing, and what was on its way is dropped', () => {
    const cleared = replay([strokeDrawn, ...read(DRAWING, 4), { type: 'drawing-dropped', token: 9 }]);
    expect(shownReading(cleared)).toMatchObject({ phase: 'idle', answer: null });
    expect(replay(read(DRAWING, 4), cleared)).toEqual(cleared);
  });
});

it('knows the network and the channel', () => {
  const state = replay([
    { type: 'online', online: false },
    { type: 'channel', channel: 'polling' },
  ]);
  expect(state).toMatchObject({ online: false, channel: 'polling' });
});

describe('a place', () => {
  it('of a prediction is read under a token of its own: what came before it is late', () => {
    const place = { name: 'result', id: queued().id } as const;
    const state = replay([{ type: 'place', place, token: 5, kept: null }, ...read(LINKED, 7)]);
    expect(state).toMatchObject({ place, linked: { phase: 'idle', answer: null } });
  });

  it('that is left takes its prediction along', () => {
    const there = replay([
      { type: 'place', place: { name: 'result', id: queued().id }, token: 0, kept: null },
      ...read(LINKED, 7),
    ]);
    expect(there.linked.answer?.result.predicted_digit).toBe(7);
    const left = replay([{ type: 'place', place: { name: 'desk' }, token: 2, kept: null }], there);
    expect(left.linked.answer).toBeNull();
  });
});

describe('this browser’s own copy of a linked prediction', () => {
  const kept = entryOf(succeeded(7), { kind: 'drawing' });
  const visit: PageAction = { type: 'place', place: { name: 'result', id: queued().id }, token: 1, kept };
  const event = (event: ReadingEvent): PageAction => ({ type: 'reading', key: LINKED, event });
  const failing = (code: FailureCode) => [
    event({ type: 'waiting', token: 1 }),
    event({ type: 'failed', token: 1, failure: { code, retryable: false, retryAt: null } }),
  ];

  it.each(['prediction-expired', 'prediction-not-found'] as const)('stands in on %s', (code) => {
    expect(ownCopy(replay([visit, ...failing(code)]))).toBe(kept);
    expect(ownCopy(replay([{ ...visit, kept: null }, ...failing(code)]))).toBeNull();
  });

  it('stays away while the service may still have it', () => {
    expect(ownCopy(replay([visit]))).toBeNull();
    expect(ownCopy(replay([visit, ...failing('unreachable')]))).toBeNull();
    expect(ownCopy(replay([visit, ...read(LINKED, 7)]))).toBeNull();
  });

  it('goes with its place', () => {
    const left: PageAction = { type: 'place', place: { name: 'desk' }, token: 2, kept: null };
    expect(replay([visit, ...failing('prediction-expired'), left])).toMatchObject({ kept: null });
  });
});

it('takes the readings of many pictures in one step, and no others', () => {
  const state = replay([added('a', 'b', 'c')]);
  const waiting = { type: 'waiting', token: 1 } as const;
  const events = new Map([
    ['a', waiting],
    ['c', waiting],
    ['gone', waiting],
  ]);
  const next = nextPage(state, { type: 'readings', events });
  expect(next.pictures.map(({ reading }) => reading.phase)).toEqual(['waiting', 'idle', 'waiting']);
  expect(next.pictures[1]).toBe(state.pictures[1]);
});

it('tells how many pictures were left out, until some are removed', () => {
  const full = replay([{ type: 'pictures-added', pictures: [picture('a')], leftOut: 3 }]);
  expect(full.leftOut).toBe(3);
  expect(replay([{ type: 'pictures-cleared' }], full).leftOut).toBe(0);
});
