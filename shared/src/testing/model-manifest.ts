import type { ModelManifest } from '../contracts/model.ts';

/** A manifest of ten digits, for tests of what reads one. */
export const testManifest: ModelManifest = {
  name: 'test',
  version: '1',
  description: '',
  file: 'model.onnx',
  sha256: '0'.repeat(64),
  input: { name: 'input', shape: [null, 1, 28, 28], mean: 0, std: 1 },
  output: { name: 'logits', classes: 10 },
  labels: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
  calibration: { temperature: 1 },
  thresholds: { confidence: 0.5, digit_score: null },
  metrics: {},
};
