import type { ModelManifest } from '@inkqueue/shared/contracts/model';
import { expect, test } from 'vitest';
import { postprocess, toResult } from './postprocess.ts';

const manifest: ModelManifest = {
  name: 'test',
  version: '1',
  description: '',
  file: 'model.onnx',
  sha256: '0'.repeat(64),
  input: { name: 'input', shape: [null, 1, 28, 28], mean: 0, std: 1 },
  output: { name: 'logits', classes: 11 },
  labels: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
  calibration: { temperature: 1 },
  thresholds: { confidence: 0.6, digit_score: 0.5 },
  metrics: {},
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

test('a result has the classification’s figures in millionths', () => {
  const classification = postprocess(logits(3, -4), manifest);
  const { confidence, probabilities, ...rest } = toResult(classification);
  expect(rest).toEqual({ predicted_digit: 3, uncertain: false });
  expect(confidence).toBe(Math.round(classification.confidence * 1e6) / 1e6);
  expect(probabilities).toEqual(classification.probabilities.map((p) => Math.round(p * 1e6) / 1e6));
});
