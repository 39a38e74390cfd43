import { describe, expect, it } from 'vitest';
import { queued, succeeded, succeededNumber } from '../../testing/predictions.ts';
import { boxedResult, digitInView, standingNumber, tilesOf } from './read-number.ts';
import { IDLE_PREDICTION, nextTracked, type SucceededPrediction } from './tracked-prediction.ts';

const preview = { width: 28, height: 28, pixels: btoa('ink') };
const done = (prediction: typeof number): SucceededPrediction => ({
  prediction,
  result: prediction.result!,
  acceptedMs: null,
  roundTripMs: 1,
});
const number = succeededNumber('427', [1]);

describe('the digit in view', () => {
  it('is the only one, with all that the result says', () => {
    const single = done({ ...succeeded(3), preview });
    expect(digitInView(single, 5)).toEqual({
      digit: 3,
      uncertain: false,
      probabilities: single.result.probabilities,
      networkInput: preview,
    });
  });

  it('is the selected one of several', () => {
    const { digits } = number.preview!;
    expect(digitInView(done(number), 1)).toEqual({
      digit: 2,
      uncertain: true,
      probabilities: digits![1]!.probabilities,
      networkInput: { width: 28, height: 28, pixels: digits![1]!.pixels },
    });
    expect(digitInView(done(number), 2)).toMatchObject({ digit: 7, uncertain: false });
  });

  it('is the first of several where that many were not read', () => {
    expect(digitInView(done(number), 9)).toEqual(digitInView(done(number), 0));
  });

  it('has neither bars nor network input where the service stored none', () => {
    const bare = digitInView(done({ ...number, preview: null }), 1);
    expect(bare).toEqual({ digit: 2, uncertain: true, probabilities: null, networkInput: null });
  });
});

it('digits can be chosen from a number that stands, not from a digit and not while a newer attempt is under way', () => {
  const follow = (prediction: typeof number) =>
    [queued(), prediction].reduce(
      (tracked, each) => nextTracked(tracked, { type: 'state', token: 1, at: 0, prediction: each }),
      nextTracked(IDLE_PREDICTION, { type: 'waiting', token: 1 }),
    );
  expect(standingNumber(follow(number))?.result.text).toBe('427');
  expect(standingNumber(follow(succeeded(4)))).toBeNull();
  expect(standingNumber(nextTracked(follow(number), { type: 'waiting', token: 2 }))).toBeNull();
  expect(standingNumber(IDLE_PREDICTION)).toBeNull();
});

it('network inputs stand side by side, at most eight in a row', () => {
  expect(tilesOf(2)).toMatchObject({ size: [2, 1], boxes: [{ left: 0 }, { left: 1, top: 0 }] });
  expect(tilesOf(10).size).toEqual([8, 2]);
  expect(tilesOf(10).boxes[9]).toEqual({ left: 1, top: 1, width: 1, height: 1 });
});

it('boxes a number, and a digit that had to be found in its picture', () => {
  const of = (prediction: typeof number) =>
    nextTracked({ ...IDLE_PREDICTION, phase: 'sending' }, { type: 'state', token: 0, at: 1, prediction });
  expect(boxedResult(of(succeededNumber('42')), [100, 100])?.text).toBe('42');
  // Its box has 48 × 80 pixels.
  expect(boxedResult(of(succeeded(3)), [280, 280])?.text).toBe('3');
  expect(boxedResult(of(succeeded(3)), [60, 100])).toBeNull();
  expect(boxedResult(IDLE_PREDICTION, [280, 280])).toBeNull();
});
