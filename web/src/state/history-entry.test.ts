import { expect, it } from 'vitest';
import { resultOf, succeeded, succeededNumber } from '../testing/predictions.ts';
import { parseEntry, toHistoryEntry } from './history-entry.ts';

const drawing = { kind: 'drawing' } as const;

it('holds the result of the prediction', () => {
  const uncertain = { ...succeeded(4), result: resultOf(4, 0.6, true) };
  expect(toHistoryEntry(uncertain, { kind: 'file', name: 'a.png' })).toEqual({
    id: uncertain.id,
    at: uncertain.finished_at,
    source: { kind: 'file', name: 'a.png' },
    text: '4',
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

it('holds a number with the network inputs of its first digits', () => {
  const entry = toHistoryEntry(succeededNumber('1234567890'), drawing);
  expect(entry).toMatchObject({ text: '1234567890', preview: { width: 28, height: 28 } });
  expect(entry?.preview?.digits).toHaveLength(8);
  expect(parseEntry(JSON.parse(JSON.stringify(entry)))).toEqual(entry);
});
