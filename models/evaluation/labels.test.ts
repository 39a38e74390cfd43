import { expect, test } from 'vitest';
import { parseLabels } from './labels.ts';

test('the first folder says what a row is', () => {
  const table = [
    'path\tlabel\tkind\tpolarity\tsource',
    'single/a/3_1.png\t3\tphoto\tdark-on-light\ta/b',
    'multi/a/37.png\t37\tphoto\tdark-on-light\ta/b',
    'multi/a/37.png\t37-4\tphoto\tdark-on-light\ta/b',
    'other/a/x.png\tletter-k\tletter-photo\tdark-on-light\ta/b',
    'other/a/7.png\t7\tletter-photo\tdark-on-light\ta/b',
  ].join('\n');
  expect(parseLabels(`${table}\n`).images).toEqual([
    { path: 'single/a/3_1.png', label: '3', kind: 'photo' },
    { path: 'multi/a/37.png', label: '37', kind: 'photo' },
    { path: 'multi/a/37.png', label: '37-4', kind: 'photo' },
    { path: 'other/a/x.png', label: null, kind: 'letter-photo' },
    { path: 'other/a/7.png', label: null, kind: 'letter-photo' },
  ]);
});

test('a table of path and label alone is enough, in any order of columns, with the line ends and the mark of Windows', () => {
  expect(parseLabels('\uFEFFlabel\tpath\r\n5\tfive.png\r\n').images).toEqual([
    { path: 'five.png', label: '5', kind: 'unknown' },
  ]);
});

test('without a header the columns are path, label, kind', () => {
  expect(parseLabels('five.png\t5\nx.png\tcat\ttoy\n12.png\t12\n').images).toEqual([
    { path: 'five.png', label: '5', kind: 'unknown' },
    { path: 'x.png', label: null, kind: 'toy' },
    { path: '12.png', label: '12', kind: 'unknown' },
  ]);
});

test('a table without a column of paths or of labels is refused', () => {
  expect(() => parseLabels('path\tkind\na.png\tphoto\n')).toThrow(/no column “label”/);
  expect(() => parseLabels('label\tkind\n3\tphoto\n')).toThrow(/no column “path”/);
});

test('a row without path, label or digit is left out and reported with its line', () => {
  const table = [
    'path\tlabel',
    'single/a/1.png\ta',
    '',
    'single/a/12.png\t12',
    'b.png',
    '\t3',
    'single/a/3.png\t3',
    'multi/a/4.png\t4',
    'multi/a/4-.png\t4-',
  ];
  expect(parseLabels(table.join('\n'))).toEqual({
    images: [{ path: 'single/a/3.png', label: '3', kind: 'unknown' }],
    malformed: [
      { path: 'single/a/1.png', code: 'malformed-row', detail: 'Line 2: “a” is not a digit.' },
      { path: 'single/a/12.png', code: 'malformed-row', detail: 'Line 4: “12” is not a digit.' },
      { path: 'b.png', code: 'malformed-row', detail: 'Line 5: it has no label.' },
      { path: '', code: 'malformed-row', detail: 'Line 6: it has no path.' },
      { path: 'multi/a/4.png', code: 'malformed-row', detail: 'Line 8: “4” is not several digits.' },
      { path: 'multi/a/4-.png', code: 'malformed-row', detail: 'Line 9: “4-” is not several digits.' },
    ],
  });
});
