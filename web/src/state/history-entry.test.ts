import { expect, it } from 'vitest';
import { resultOf, succeeded } from '../testing/predictions.ts';
import { toHistoryEntry } from './history-entry.ts';

const drawing = { kind: 'drawing' } as const;

it('holds the result of the prediction', () => {
  const uncertain = { ...succeeded(4), result: resultOf(4, 0.6, true) };
  expect(toHistoryEntry(uncertain, { kind: 'file', name: 'a.png' })).toEqual({
    id: uncertain.id,
    at: uncertain.finished_at,
    source: { kind: 'file', name: 'a.png' },
    digit: 4,
    confidence: 0.6,
    uncertain: true,
    preview: uncertain.preview,
  });
});

it('is null without a result', () => {
  expect(toHistoryEntry({ ...succeeded(4), result: null }, drawing)).toBeNull();
});

it('is small: long names are cut, large network inputs left out', () => {
  const preview = { width: 100, height: 100, pixels: 'A'.repeat(13_336) };
  const entry = toHistoryEntry({ ...succeeded(4), preview }, { kind: 'file', name: 'x'.repeat(1000) });
  expect(entry).toMatchObject({ preview: null, source: { name: 'x'.repeat(255) } });
});
