import { expect, test } from 'vitest';
import { parseLabels } from './labels.ts';

test('the first folder says what a row is; rows of several digits are skipped', () => {
  const table = [
    'path\tlabel\tkind\tpolarity\tsource',
    'single/a/3_1.png\t3\tphoto\tdark-on-light\ta/b',
    'multi/a/37.png\t37\tphoto\tdark-on-light\ta/b',
    'other/a/x.png\tletter-k\tletter-photo\tdark-on-light\ta/b',
    'other/a/7.png\t7\tletter-photo\tdark-on-light\ta/b',
  ].join('\n');
  expect(parseLabels(`${table}\n`)).toEqual([
    { path: 'single/a/3_1.png', digit: 3, kind: 'photo' },
    { path: 'other/a/x.png', digit: null, kind: 'letter-photo' },
    { path: 'other/a/7.png', digit: null, kind: 'letter-photo' },
  ]);
});

test('a table of path and label alone is enough, in any order of columns, with Windows line ends', () => {
  expect(parseLabels('label\tpath\r\n5\tfive.png\r\n')).toEqual([
    { path: 'five.png', digit: 5, kind: 'unknown' },
  ]);
});

test('without a header the columns are path, label, kind', () => {
  expect(parseLabels('five.png\t5\nx.png\tcat\ttoy\n12.png\t12\n')).toEqual([
    { path: 'five.png', digit: 5, kind: 'unknown' },
    { path: 'x.png', digit: null, kind: 'toy' },
  ]);
});

test('a table without labels is refused', () => {
  expect(() => parseLabels('path\tkind\na.png\tphoto\n')).toThrow(/label/);
});
