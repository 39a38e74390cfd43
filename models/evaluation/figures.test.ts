import { expect, test } from 'vitest';
import { areaUnderRoc, summarize } from './figures.ts';
import type { Measurement } from './measurement.ts';

const milliseconds = { decode: 1, normalize: 2, inference: 3 };

/** An image of `digit` (null for none), classified as `predicted` (null when refused). */
function measurement(
  digit: number | null,
  predicted: number | null,
  options: Partial<Record<'confidence' | 'digitScore', number>> & { uncertain?: boolean; kind?: string } = {},
): Measurement {
  const { confidence = 1, digitScore = 1, uncertain = false, kind = 'photo' } = options;
  return {
    image: { path: `${digit}.png`, digit, kind },
    classified:
      predicted === null
        ? null
        : {
            digit: predicted,
            confidence,
            digitScore,
            uncertain,
            probabilities: [],
            pixels: new Uint8Array(784),
          },
    error: predicted === null ? { code: 'no-ink', detail: 'none' } : null,
    milliseconds,
  };
}

test('a refused digit is wrong, a refused non-digit is uncertain, both are listed', () => {
  const figures = summarize([
    measurement(3, 3),
    measurement(4, null),
    measurement(null, null),
    measurement(null, 5),
  ]);
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
  const figures = summarize([measurement(1, 7), measurement(1, 1), measurement(2, 2, { kind: 'scan' })]);
  expect(figures.byKind).toEqual({
    photo: { n: 2, correct: 1, accuracy: 0.5 },
    scan: { n: 1, correct: 1, accuracy: 1 },
  });
  expect(figures.confusion[1]![7]).toBe(1);
  expect(figures.confusion.flat().reduce((a, b) => a + b)).toBe(3);
});

test('calibration error: ten digits predicted with 0.95, nine of them right, are off by 0.05', () => {
  const measurements = Array.from({ length: 10 }, (_, i) =>
    measurement(1, i === 0 ? 7 : 1, { confidence: 0.95 }),
  );
  expect(summarize(measurements).ece).toBeCloseTo(0.05, 9);
});

test('the area under the curve is one when every digit is more certain, half for ties, null without non-digits', () => {
  expect(areaUnderRoc([0.9, 0.8], [0.1, 0.7])).toBe(1);
  expect(areaUnderRoc([0.5], [0.5])).toBe(0.5);
  expect(areaUnderRoc([0.9, 0.2], [0.5])).toBe(0.5);
  expect(areaUnderRoc([0.9], [])).toBeNull();
});

test('certainty counts both the confidence and the digit score', () => {
  const figures = summarize([
    measurement(3, 3, { confidence: 0.8 }),
    measurement(null, 3, { confidence: 0.9, digitScore: 0.5 }),
  ]);
  expect(figures.nonDigits.auroc).toBe(1);
});

test('no images give figures without NaN', () => {
  expect(JSON.stringify(summarize([]))).not.toContain('NaN');
  expect(summarize([])).toMatchObject({ images: 0, accuracy: 0, ece: 0 });
});
