import { expect, test } from 'vitest';
import { areaUnderRoc, summarize } from './figures.ts';
import { formatKinds, summarizeKinds } from './hard/kind-figures.ts';
import type { Measurement } from './measurement.ts';
import { editDistance } from './numbers.ts';

const milliseconds = { decode: 1, normalize: 2, inference: 3 };

/** An image of `label` (null for no digit), read as `text` (null when refused), each digit as certain as `options` say. */
function measurement(
  label: number | string | null,
  text: number | string | null,
  options: Partial<Record<'confidence' | 'digitScore', number>> & { uncertain?: boolean; kind?: string } = {},
): Measurement {
  const { confidence = 1, digitScore = 1, uncertain = false, kind = 'photo' } = options;
  const readLine = (line: string) =>
    Array.from(line, (digit) => ({
      digit: Number(digit),
      confidence,
      digitScore,
      uncertain,
      probabilities: [],
      pixels: new Uint8Array(784),
      box: { left: 0, top: 0, width: 20, height: 20 },
    }));
  return {
    image: { path: `${label}.png`, label: label === null ? null : String(label), kind },
    lines: text === null ? null : String(text).split('-').map(readLine),
    error: text === null ? { code: 'no-ink', detail: 'none' } : null,
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

test('results are binned by confidence, which shows how sure it is against how right', () => {
  const { reliability } = summarize([
    measurement(1, 1, { confidence: 0.95 }),
    measurement(1, 7, { confidence: 0.97 }),
    measurement(1, 1, { confidence: 1 }),
    measurement(1, 1, { confidence: 0.3 }),
    measurement(1, null),
  ]);
  expect(reliability).toHaveLength(15);
  expect(reliability[14]).toEqual({ n: 3, correct: 2, confidence: expect.closeTo(0.9733, 4) });
  expect(reliability[4]).toEqual({ n: 1, correct: 1, confidence: 0.3 });
  expect(reliability[0]).toEqual({ n: 0, correct: 0, confidence: null });
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

test('a digit that is read as two is wrong, in no cell of the confusion, and as certain as both together', () => {
  const figures = summarize([
    measurement(3, '31', { confidence: 0.5 }),
    measurement(null, 3, { confidence: 0.5 }),
  ]);
  expect(figures).toMatchObject({ accuracy: 0, digits: { n: 1, correct: 0 }, nonDigits: { auroc: 0 } });
  expect(figures.confusion.flat().every((n) => n === 0)).toBe(true);
  expect(figures.ece).toBeCloseTo(0.25, 9);
});

test('numbers: exact with every digit on its line, errors by digit, and single digits that nobody doubts', () => {
  const { numbers, ...others } = summarize([
    measurement('4207', '4207'),
    measurement('12-34', '12-34', { kind: 'lines' }),
    measurement('12-34', '1234', { kind: 'lines' }),
    measurement('123', '183'),
    measurement('10', 7),
    measurement('10', 1, { uncertain: true }),
    measurement('56', null),
  ]);
  expect(numbers).toEqual({
    n: 7,
    exact: 2,
    byKind: { photo: { n: 5, exact: 1 }, lines: { n: 2, exact: 1 } },
    digitErrorRate: (0 + 0 + 0 + 1 + 2 + 1 + 2) / (4 + 4 + 4 + 3 + 2 + 2 + 2),
    confidentSingle: 1,
  });
  expect(others).toMatchObject({
    images: 7,
    byKind: {},
    digits: { n: 0 },
    nonDigits: { n: 0 },
    errors: [{ path: '56.png' }],
  });
});

test('by kind of hard picture: right, or flagged where nothing else is right', () => {
  const kinds = summarizeKinds([
    measurement(3, 3, { kind: 'circle' }),
    measurement(3, 8, { kind: 'circle', uncertain: true }),
    measurement(3, 8, { kind: 'circle' }),
    measurement(3, null, { kind: 'circle' }),
    measurement('42', '4', { kind: 'number-apart' }),
    measurement(null, null, { kind: 'blank' }),
    measurement(null, 1, { kind: 'blank' }),
  ]);
  expect(kinds).toEqual({
    digits: { circle: { n: 4, right: 1, flaggedOrRight: 3 } },
    numbers: { 'number-apart': { n: 1, exact: 0, digitErrorRate: 0.5, confidentSingle: 1 } },
    nonDigits: { blank: { n: 2, flagged: 1 } },
  });
  expect(formatKinds(kinds)).toMatch(/circle +4 +1 +3\n/);
});

test('edit distance counts digits that are missing, added and changed', () => {
  expect(['', '12', '1123', '124', '321'].map((text) => editDistance('123', text))).toEqual([3, 1, 1, 1, 2]);
});
