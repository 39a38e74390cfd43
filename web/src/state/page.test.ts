import { describe, expect, it } from 'vitest';
import { queued, succeeded, succeededNumber } from '../testing/predictions.ts';
import { toHistoryEntry } from './history-entry.ts';
import {
  DRAWING,
  FIRST_VISIT,
  isRetryable,
  LINKED,
  nextPage,
  ownCopy,
  type PageAction,
  type PageState,
  selectedDigit,
  shownImage,
  shownPrediction,
} from './page.ts';
import type { FailureCode } from './prediction/failure.ts';
import { IDLE_PREDICTION, type TrackingEvent } from './prediction/tracked-prediction.ts';

const replay = (actions: PageAction[], from: PageState = FIRST_VISIT) => actions.reduce(nextPage, from);
const image = (key: string) => ({
  key,
  name: `${key}.png`,
  origin: 'file' as const,
  thumbnail: `blob:${key}`,
});
const added = (...keys: string[]): PageAction => ({
  type: 'images-added',
  images: keys.map(image),
  leftOut: 0,
});
const predicted = (key: string, digit: number): PageAction[] => [
  { type: 'prediction', key, event: { type: 'waiting', token: 1 } },
  { type: 'prediction', key, event: { type: 'sent', token: 1, at: 0 } },
  { type: 'prediction', key, event: { type: 'state', token: 1, at: 1, prediction: queued() } },
  { type: 'prediction', key, event: { type: 'state', token: 1, at: 2, prediction: succeeded(digit) } },
];
const strokeDrawn: PageAction = {
  type: 'sheet',
  event: { type: 'stroke', stroke: { points: [[1, 1, 0.5]], pen: 'fine', pressed: false } },
};

describe('the selected digit', () => {
  const read42 = (key: string): PageAction[] => [
    { type: 'prediction', key, event: { type: 'waiting', token: 1 } },
    { type: 'prediction', key, event: { type: 'state', token: 1, at: 1, prediction: succeededNumber('42') } },
  ];
  const selectedOf = (state: PageState, key: string) =>
    selectedDigit(state, key, key === DRAWING ? state.drawing : state.images[0]!.tracked);
  const selected = (key: string, index: number): PageAction => ({ type: 'digit-selected', key, index });

  it('is the first one until another one of the same picture is selected', () => {
    const state = replay([added('a'), ...read42('a'), ...read42(DRAWING)]);
    expect(selectedOf(state, 'a')).toBe(0);
    const second = replay([selected('a', 1)], state);
    expect([selectedOf(second, 'a'), selectedOf(second, DRAWING)]).toEqual([1, 0]);
  });

  it('is the first one again where there are no longer so many, and after the drawing is cleared', () => {
    const second = replay([...read42(DRAWING), selected(DRAWING, 1)]);
    expect(selectedOf(second, DRAWING)).toBe(1);
    expect(selectedOf(replay(predicted(DRAWING, 4), second), DRAWING)).toBe(0);
    const cleared = replay([{ type: 'drawing-dropped', token: 2 }], second);
    expect(cleared.selected).toEqual(FIRST_VISIT.selected);
  });
});

describe('images', () => {
  it('come newest first, and the first of those added is shown', () => {
    const state = replay([added('a'), added('b', 'c')]);
    expect(state.images.map(({ key }) => key)).toEqual(['b', 'c', 'a']);
    expect(shownImage(state)?.key).toBe('b');
  });

  it('each have their own prediction', () => {
    const state = replay([added('a', 'b'), ...predicted('b', 7)]);
    expect(state.images.map(({ tracked }) => tracked.succeeded?.result.predicted_digit)).toEqual([
      undefined,
      7,
    ]);
    expect(state.drawing).toBe(FIRST_VISIT.drawing);
  });

  it('give way to the drawing when the shown one is removed', () => {
    const state = replay([added('a', 'b'), { type: 'image-removed', key: 'a' }]);
    expect(state).toMatchObject({ shown: DRAWING, images: [{ key: 'b' }] });
    expect(replay([{ type: 'images-cleared' }], state).images).toEqual([]);
  });

  it('stay shown when another one is removed', () => {
    expect(replay([added('a', 'b'), { type: 'image-removed', key: 'b' }]).shown).toBe('a');
  });

  it('that are gone take no more results', () => {
    const gone = replay([added('a'), { type: 'image-removed', key: 'a' }]);
    expect(replay(predicted('a', 7), gone)).toEqual(gone);
  });
});

describe('the answer', () => {
  it('shows the drawing as soon as somebody draws', () => {
    expect(replay([added('a'), strokeDrawn]).shown).toBe(DRAWING);
  });

  it('stays with the image while only the pen is changed', () => {
    expect(replay([added('a'), { type: 'sheet', event: { type: 'pen', pen: 'broad' } }]).shown).toBe('a');
  });

  it('goes with the drawing, and late events are dropped', () => {
    const cleared = replay([strokeDrawn, ...predicted(DRAWING, 4), { type: 'drawing-dropped', token: 9 }]);
    expect(shownPrediction(cleared)).toMatchObject({ phase: 'idle', succeeded: null });
    expect(replay(predicted(DRAWING, 4), cleared)).toEqual(cleared);
  });
});

it('remembers the state of the network and the channel', () => {
  const state = replay([
    { type: 'online', online: false },
    { type: 'channel', channel: 'polling' },
  ]);
  expect(state).toMatchObject({ online: false, channel: 'polling' });
});

describe('the place of a prediction', () => {
  it('gives the prediction a new token: earlier events are late', () => {
    const place = { name: 'result', id: queued().id } as const;
    const state = replay([{ type: 'place', place, token: 5, entry: null }, ...predicted(LINKED, 7)]);
    expect(state).toMatchObject({ place, linked: { phase: 'idle', succeeded: null } });
  });

  it('takes the prediction along when it is left', () => {
    const there = replay([
      { type: 'place', place: { name: 'result', id: queued().id }, token: 0, entry: null },
      ...predicted(LINKED, 7),
    ]);
    expect(there.linked.succeeded?.result.predicted_digit).toBe(7);
    const left = replay([{ type: 'place', place: { name: 'desk' }, token: 2, entry: null }], there);
    expect(left.linked.succeeded).toBeNull();
  });
});

describe('this browser’s own copy of a linked prediction', () => {
  const entry = toHistoryEntry(succeeded(7), { kind: 'drawing' });
  const visit: PageAction = { type: 'place', place: { name: 'result', id: queued().id }, token: 1, entry };
  const event = (event: TrackingEvent): PageAction => ({ type: 'prediction', key: LINKED, event });
  const failing = (code: FailureCode) => [
    event({ type: 'waiting', token: 1 }),
    event({ type: 'failed', token: 1, failure: { code, retryable: false, retryAt: null } }),
  ];

  it.each(['prediction-expired', 'prediction-not-found'] as const)('stands in on %s', (code) => {
    expect(ownCopy(replay([visit, ...failing(code)]))).toBe(entry);
    expect(ownCopy(replay([{ ...visit, entry: null }, ...failing(code)]))).toBeNull();
  });

  it('stays away while the service may still have the prediction', () => {
    expect(ownCopy(replay([visit]))).toBeNull();
    expect(ownCopy(replay([visit, ...failing('unreachable')]))).toBeNull();
    expect(ownCopy(replay([visit, ...predicted(LINKED, 7)]))).toBeNull();
  });

  it('goes with its place', () => {
    const left: PageAction = { type: 'place', place: { name: 'desk' }, token: 2, entry: null };
    expect(replay([visit, ...failing('prediction-expired'), left])).toMatchObject({ linkedEntry: null });
  });
});

it('says how many images were left out, until some are removed', () => {
  const full = replay([{ type: 'images-added', images: [image('a')], leftOut: 3 }]);
  expect(full.leftOut).toBe(3);
  expect(replay([{ type: 'images-cleared' }], full).leftOut).toBe(0);
});

it('knows when a person has acted: not by the address that the page is opened at', () => {
  const desk: PageAction = { type: 'place', place: { name: 'desk' }, token: 1, entry: null };
  const history: PageAction = { ...desk, place: { name: 'history' } };
  expect(replay([desk]).acted).toBe(false);
  expect(replay([history, desk]).acted).toBe(true);
  expect(replay([added('a')]).acted).toBe(true);
  expect(replay([{ type: 'sheet', event: { type: 'pen', pen: 'fine' } }]).acted).toBe(true);
});

it('shows what is sent in place of the file', () => {
  const prepared = replay([added('a', 'b'), { type: 'image-prepared', key: 'b', thumbnail: 'blob:small' }]);
  expect(prepared.images.map(({ thumbnail }) => thumbnail)).toEqual(['blob:a', 'blob:small']);
});

it('keeps a notice until it is closed, or the person goes on', () => {
  const noticed: PageAction = { type: 'noticed', code: 'text' };
  expect(replay([noticed]).notice).toBe('text');
  expect(replay([noticed, { type: 'noticed', code: null }]).notice).toBeNull();
  expect(replay([noticed, added('a')]).notice).toBeNull();
  expect(replay([noticed, { type: 'sheet', event: { type: 'clear' } }]).notice).toBeNull();
});

it('can send an address again, of which the page never had the picture', () => {
  const failure = { code: 'internal', retryable: true, retryAt: null } as const;
  const tracked = { ...IDLE_PREDICTION, prediction: queued(), failure };
  expect(isRetryable(tracked, { origin: 'address', thumbnail: null })).toBe(true);
  expect(isRetryable(tracked, { origin: 'file', thumbnail: null })).toBe(false);
});
