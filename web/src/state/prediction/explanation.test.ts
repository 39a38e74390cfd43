import type { PredictionExplanation } from '@inkqueue/shared/contracts/prediction';
import { expect, it } from 'vitest';
import { succeeded } from '../../testing/predictions.ts';
import { nextWhy, type WhyEvent, whyOf } from './explanation.ts';

const explanation: PredictionExplanation = { width: 1, height: 1, patch: 6, digits: [] };
const after = (...events: WhyEvent[]) => events.reduce(nextWhy, null);
const of = (id: string, own = {}) => {
  const prediction = { ...succeeded(3, id), ...own };
  return { prediction, result: prediction.result!, acceptedMs: 1, roundTripMs: 2 };
};

it('is known once it has come, and asked again after a failure', () => {
  const asked: WhyEvent = { type: 'asked', predictionId: 'a' };
  expect(after(asked)).toMatchObject({ phase: 'asking' });
  const known = after(asked, { type: 'known', predictionId: 'a', explanation });
  expect(known).toMatchObject({ phase: 'known', explanation });
  const failed = after(asked, { type: 'failed', predictionId: 'a', failure: 'busy' });
  expect(failed).toMatchObject({ phase: 'failed', failure: 'busy' });
  expect(nextWhy(failed, asked)).toEqual(after(asked));
  expect(nextWhy(known, { type: 'closed' })).toBeNull();
});

it('drops an answer to a question that is no longer asked', () => {
  const late: WhyEvent = { type: 'known', predictionId: 'a', explanation };
  expect(after(late)).toBeNull();
  const other = after({ type: 'asked', predictionId: 'a' }, { type: 'asked', predictionId: 'b' });
  expect(nextWhy(other, late)).toBe(other);
});

it('is shown with its own prediction alone, and one that came with its prediction always', () => {
  const known = after(
    { type: 'asked', predictionId: 'a' },
    { type: 'known', predictionId: 'a', explanation },
  );
  expect(whyOf(known, of('a'))).toBe(known);
  expect(whyOf(known, of('b'))).toBeNull();
  expect(whyOf(known, null)).toBeNull();
  expect(whyOf(null, of('b', { explanation }))).toMatchObject({ phase: 'known', explanation });
});
