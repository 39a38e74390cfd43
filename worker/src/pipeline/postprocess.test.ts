import type { ModelManifest } from '@inkqueue/shared/contracts/model';
import { predictionPreview, predictionResult } from '@inkqueue/shared/contracts/prediction';
import { testManifest } from '@inkqueue/shared/testing/model-manifest';
import { expect, test } from 'vitest';
import { postprocess, type RecognizedDigit, toPreview, toResult } from './postprocess.ts';

const manifest: ModelManifest = {
  ...testManifest,
  output: { ...testManifest.output, classes: 11 },
  thresholds: { confidence: 0.6, digit_score: 0.5 },
};

/** Logits with 5 at `digit`, and `noDigit` as the log odds of no digit. */
function logits(digit: number, noDigit: number) {
  const values = new Float32Array(11);
  values[digit] = 5;
  values[10] = noDigit;
  return values;
}

test('probabilities sum to one and are indexed by digit', () => {
  const labels = [9, 8, 7, 6, 5, 4, 3, 2, 1, 0];
  const { probabilities, digit, confidence } = postprocess(logits(2, -9), { ...manifest, labels });
  expect(digit).toBe(7);
  expect(probabilities.reduce((a, b) => a + b)).toBeCloseTo(1, 12);
  expect(confidence).toBeCloseTo(Math.exp(5) / (Math.exp(5) + 9), 9);
});

test('a temperature above one lowers the confidence', () => {
  const hot = { ...manifest, calibration: { temperature: 2 } };
  expect(postprocess(logits(3, 0), hot).confidence).toBeCloseTo(Math.exp(2.5) / (Math.exp(2.5) + 9), 9);
});

test('huge logits give no NaN', () => {
  const values = new Float32Array(11).fill(-1e30);
  values[4] = 1e30;
  expect(postprocess(values, manifest)).toMatchObject({ digit: 4, confidence: 1, digitScore: 1 });
});

test('a clear digit is certain', () => {
  expect(postprocess(logits(3, -4), manifest)).toMatchObject({ digit: 3, uncertain: false });
});

test('low confidence is uncertain', () => {
  const values = logits(3, -4);
  values[8] = 4.9;
  expect(postprocess(values, manifest)).toMatchObject({ digit: 3, uncertain: true });
});

test('an image that looks like no digit is uncertain, however clear the digit', () => {
  expect(postprocess(logits(3, 0.1), manifest).uncertain).toBe(true);
});

test('a network of ten logits is judged by its confidence alone', () => {
  const plain: ModelManifest = {
    ...manifest,
    output: { name: 'logits', classes: 10 },
    thresholds: { confidence: 0.6, digit_score: null },
  };
  expect(postprocess(logits(3, 0).subarray(0, 10), plain).uncertain).toBe(false);
});

/** A digit that was read with these odds: 5 for it, and `noDigit` for none. */
const read = (digit: number, { noDigit = -4, left = 0 } = {}): RecognizedDigit => ({
  ...postprocess(logits(digit, noDigit), manifest),
  pixels: Uint8Array.of(digit, 255),
  box: { left, top: 1, width: 2, height: 3 },
});
const toMillionths = (value: number) => Math.round(value * 1e6) / 1e6;

test('a result of one digit has its figures in millionths', () => {
  const three = read(3);
  const confidence = toMillionths(three.confidence);
  const result = toResult([[three]]);
  expect(result).toEqual({
    predicted_digit: 3,
    text: '3',
    digits: [{ digit: 3, confidence, box: three.box, uncertain: false }],
    confidence,
    probabilities: three.probabilities.map(toMillionths),
    uncertain: false,
  });
  expect(predictionResult.parse(result)).toEqual(result);
});

test('a result of several digits names no single one, and is as likely as all of them together', () => {
  const [four, two] = [read(4), read(2, { left: 9 })];
  const result = toResult([[four, two]]);
  expect(result).toEqual({
    predicted_digit: null,
    reason: 'several-digits',
    text: '42',
    digits: [four, two].map(({ digit, confidence, box }) => ({
      digit,
      confidence: toMillionths(confidence),
      box,
      uncertain: false,
    })),
    confidence: toMillionths(four.confidence * two.confidence),
    probabilities: null,
    uncertain: false,
  });
  expect(predictionResult.parse(result)).toEqual(result);
});

test('a result is uncertain where one of its digits is', () => {
  const { uncertain, digits } = toResult([[read(4), read(2, { noDigit: 1 }), read(0)]]);
  expect(uncertain).toBe(true);
  expect(digits.map((each) => each.uncertain)).toEqual([false, true, false]);
});

test('lines are joined by a line feed, also those of one digit', () => {
  expect(toResult([[read(4), read(2)], [read(7)]])).toMatchObject({
    predicted_digit: null,
    text: '42\n7',
    digits: [{ digit: 4 }, { digit: 2 }, { digit: 7 }],
  });
  const column = toResult([[read(0)], [read(1)]]);
  expect(column).toMatchObject({ predicted_digit: null, reason: 'several-digits', text: '0\n1' });
});

test('a preview has what the network saw of the digit, and where there are several, of each', () => {
  const size = { width: 2, height: 1 };
  const [three, two] = [read(3), read(2)];
  const [pixels, others] = ['A/8=', 'Av8='];
  expect(toPreview([[three]], size)).toEqual({ ...size, pixels });
  const preview = toPreview([[three], [two]], size);
  expect(preview).toEqual({
    ...size,
    pixels,
    digits: [
      { pixels, probabilities: three.probabilities.map(toMillionths) },
      { pixels: others, probabilities: two.probabilities.map(toMillionths) },
    ],
  });
  expect(predictionPreview.parse(preview)).toEqual(preview);
});
