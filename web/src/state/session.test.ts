import { describe, expect, it } from 'vitest';
import { failedWith, queued, succeeded } from '../testing/predictions.ts';
import { DRAWING, FIRST_VISIT, isRetryable, nextPage, type PageAction, type PageState } from './page.ts';
import { finalFailure } from './prediction/failure.ts';
import { session, toSession, withSession } from './session.ts';
import type { Point } from './sheet.ts';

const ID = queued().id;
const act = (...actions: PageAction[]) => actions.reduce(nextPage, FIRST_VISIT);
const added = (...keys: string[]): PageAction => ({
  type: 'images-added',
  images: keys.map((key) => ({
    key,
    name: `${key}.png`,
    origin: 'file' as const,
    thumbnail: 'blob:',
  })),
  leftOut: 0,
});
const stroke = (count: number): PageAction => ({
  type: 'sheet',
  event: {
    type: 'stroke',
    stroke: {
      points: Array.from({ length: count }, (_, at): Point => [at / 3, 1, 0.5]),
      pen: 'fine',
      pressed: true,
    },
  },
});
const event = (key: string, ...events: object[]): PageAction[] =>
  events.map((each) => ({ type: 'prediction', key, event: { token: 1, at: 0, ...each } }) as PageAction);

/** The page after a new load, by way of the text that the tab keeps. */
function reloaded(state: PageState, drawingId: string | null = null): PageState {
  return withSession(FIRST_VISIT, session.parse(JSON.parse(JSON.stringify(toSession(state, drawingId)))));
}

describe('after a new load', () => {
  it('the drawing is there, and each of its strokes can be undone', () => {
    const { sheet } = reloaded(
      act(stroke(3), stroke(2), { type: 'sheet', event: { type: 'pen', pen: 'broad' } }),
    );
    expect(sheet.strokes.map(({ points }) => points.length)).toEqual([3, 2]);
    expect(sheet.strokes[0]!.points[1]).toEqual([0.33, 1, 0.5]);
    expect(sheet.pen).toBe('broad');
    expect(sheet.past.map((strokes) => strokes.length)).toEqual([0, 1]);
  });

  it('each image is found by what the service knows it by', () => {
    const before = act(
      added('a', 'b', 'c'),
      ...event('a', { type: 'waiting' }, { type: 'sent' }, { type: 'state', prediction: queued() }),
      ...event('b', { type: 'waiting' }, { type: 'sent' }, { type: 'state', prediction: succeeded(3) }),
      { type: 'shown', key: 'b' },
    );
    const { images, shown } = reloaded(before);
    expect(shown).toBe('b');
    expect(images).toMatchObject([
      {
        name: 'a.png',
        thumbnail: null,
        recorded: false,
        tracked: { accepted: { predictionId: ID }, failure: null },
      },
      { name: 'b.png', recorded: true, tracked: { accepted: { predictionId: ID }, failure: null } },
      { name: 'c.png', recorded: false, tracked: { phase: 'failed', failure: finalFailure('not-sent') } },
    ]);
    expect(reloaded(reloaded(before))).toEqual(reloaded(before));
  });

  it('what the service refused is still refused, and what was to be tried again was not sent', () => {
    const failed = (code: string, retryable: boolean) => ({
      type: 'failed',
      failure: { code, retryable, retryAt: null },
    });
    const before = act(
      added('a', 'b'),
      ...event('a', { type: 'waiting' }, { type: 'sent' }, failed('unsupported-format', false)),
      ...event('b', { type: 'waiting' }, { type: 'sent' }, failed('queue-full', true)),
    );
    expect(reloaded(before).images.map(({ tracked }) => tracked.failure)).toEqual([
      finalFailure('unsupported-format'),
      finalFailure('not-sent'),
    ]);
  });

  it('the drawing is shown where the image that was shown is gone', () => {
    const saved = { ...toSession(act(added('a')), null), images: [] };
    expect(withSession(FIRST_VISIT, saved).shown).toBe(DRAWING);
  });
});

it('a scribble of very many points is not kept', () => {
  expect(reloaded(act(stroke(20_001))).sheet.strokes).toEqual([]);
});

it('a session of another shape is none', () => {
  expect(session.safeParse({ ...toSession(FIRST_VISIT, null), shown: 1 }).success).toBe(false);
});

it('an image whose file is gone can be fetched again, but not sent again', () => {
  const failure = { code: 'worker-lost', retryable: true, retryAt: null } as const;
  const tracked = { ...FIRST_VISIT.drawing, failure };
  expect(isRetryable(tracked, null)).toBe(true);
  expect(isRetryable(tracked, { origin: 'file', thumbnail: null })).toBe(true);
  const ended = { ...tracked, prediction: failedWith('worker-lost') };
  expect(isRetryable(ended, { origin: 'file', thumbnail: 'blob:' })).toBe(true);
  expect(isRetryable(ended, { origin: 'file', thumbnail: null })).toBe(false);
});
