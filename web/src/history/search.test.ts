import { expect, it } from 'vitest';
import { toHistoryEntry } from '../state/history-entry.ts';
import { succeeded, succeededNumber } from '../testing/predictions.ts';
import { searchHistory } from './search.ts';

const idOf = (digit: number) => `01938f5e-7b3a-7cc0-8000-00000000000${digit}`;
const drawn3 = toHistoryEntry(succeeded(3, idOf(3)), { kind: 'drawing' })!;
const file5 = toHistoryEntry(succeeded(5, idOf(5)), { kind: 'file', name: 'Page 3 of 12.PNG' })!;
const file7 = toHistoryEntry(succeeded(7, idOf(7)), { kind: 'file', name: 'seven.png' })!;
const drawn1234 = toHistoryEntry(succeededNumber('12\n34', [], idOf(9)), { kind: 'drawing' })!;
const all = [drawn3, file5, file7, drawn1234];

it.each([
  ['', all],
  ['  ', all],
  ['7', [file7]],
  ['3', [drawn3, file5, drawn1234]],
  ['12', [file5, drawn1234]],
  ['34', [drawn1234]],
  ['12 / 34', [drawn1234]],
  ['PAGE', [file5]],
  ['.png ', [file5, file7]],
  ['drawing', [drawn3, drawn1234]],
  ['eight', []],
])('“%s”', (query, found) => {
  expect(searchHistory(all, query)).toEqual(found);
});
