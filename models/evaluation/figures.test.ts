import { expect, test } from 'vitest';
import { areaUnderRoc, summarize } from './figures.ts';
import type { Outcome } from './outcome.ts';

const milliseconds = { decode: 1, normalize: 2, inference: 3 };

/** One picture of `digit` (null for none) read as `read` (null when refused). */
function outcome(
  digit: number | null,
  read: number | null,
  options: Partial<Record<'confidence' | 'digitScore', number>> & { uncertain?: boolean; kind?: string } = {},
): Outcome {
  const { confidence = 1, digitScore = 1, uncertain = false, kind = 'photo' } = options;
  return {
    picture: { path: `${digit}.png`, digit, kind },
    answer:
      read === null
        ? null
        : { digit: read, confidence, digitScore, uncertain, probabilities: [], pixels: new Uint8Array(784) },
    error: read === null ? { code: 'no-ink', detail: 'none' } : null,
    milliseconds,
  };
}

test('a refused digit is wrong, a refused non-digit is uncertain, both are listed', () => {
  const figures = summarize([outcome(3, 3), outcome(4, null), outcome(null, null), outcome(null, 5)]);
  expect(figures).toMatchObject({
    images: 4,
    accuracy: 0.5,
    digits: { n: 2, correct: 1, uncertain: 1 },
    nonDigits: { n: 2, uncertain: 1 },
    errors: [
      { path: '4.png', code: 'no-ink' },
      { path: 'null.png', code: 'no-ink' },
    ],
  });
});

test('accuracy by kind and confusion', () => {
  const figures = summarize([outcome(1, 7), outcome(1, 1), outcome(2, 2, { kind: 'scan' })]);
  expect(figures.byKind).toEqual({
    photo: { n: 2, correct: 1, accuracy: 0.5 },
    scan: { n: 1, correct: 1, accuracy: 1 },
  });
  expect(figures.confusion[1]![7]).toBe(1);
  expect(figures.confusion.flat().reduce((a, b) => a + b)).toBe(3);
});

test('calibration error: ten answers of 0.95 with nine right are off by 0.05', () => {
  const outcomes = Array.from({ length: 10 }, (_, i) => outcome(1, i === 0 ? 7 : 1, { confidence: 0.95 }));
  expect(summarize(outcomes).ece).toBeCloseTo(0.05, 9);
});

test('the area under the curve is one when every digit is more certain, half for ties, null without non-digits', () => {
  expect(areaUnderRoc([0.9, 0.8], [0.1, 0.7])).toBe(1);
  expect(areaUnderRoc([0.5], [0.5])).toBe(0.5);
  expect(areaUnderRoc([0.9, 0.2], [0.5])).toBe(0.5);
  expect(areaUnderRoc([0.9], [])).toBeNull();
});

test('certainty counts both the confidence and the look of a digit', () => {
  const figures = summarize([
    outcome(3, 3, { confidence: 0.8 }),
    outcome(null, 3, { confidence: 0.9, digitScore: 0.5 }),
  ]);
  expect(figures.nonDigits.auroc).toBe(1);
});

test('no pictures give figures without NaN', () => {
  expect(JSON.stringify(summarize([]))).not.toContain('NaN');
  expect(summarize([])).toMatchObject({ images: 0, accuracy: 0, ece: 0 });
});
