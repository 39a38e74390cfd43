import { describe, expect, it } from 'vitest';
import { line, row, type Strokes, shape } from '../digits.fixture.ts';
import { groupAt, written } from './detail.fixture.ts';
import { dropLines, dropMarks } from './marks.ts';

describe('lines', () => {
  const digits = row(['3', '7'], { left: 34, top: 30, height: 50, step: 44 });
  const lined = (...lines: Strokes[]) => {
    const { components } = written(140, 110, ...digits, ...lines);
    expect(components).toHaveLength(2 + lines.length);
    return dropLines(components);
  };

  it.each<[string, Strokes[]]>([
    ['under digits', [line(26, 90, 114, 90)]],
    ['twice under digits', [line(26, 88, 114, 88), line(26, 98, 114, 98)]],
    ['slanting under digits', [line(26, 94, 114, 88)]],
    ['under one of the digits', [line(32, 90, 64, 90)]],
    ['over digits', [line(20, 20, 120, 20)]],
  ])('go: %s', (_, lines) => expect(lined(...lines)).toHaveLength(2));

  it('stay where they are the bar of a 5', () => {
    const { components } = written(100, 100, shape('5 with detached bar', { left: 30, top: 25, height: 50 }));
    expect(components).toHaveLength(2);
    expect(dropLines(components)).toHaveLength(2);
  });

  it('stay where nothing is above or below them', () => {
    const { components } = written(
      140,
      80,
      shape('3', { left: 80, top: 20, height: 40 }),
      line(10, 40, 50, 40),
    );
    expect(dropLines(components)).toHaveLength(2);
  });
});

describe('marks', () => {
  const writing = { height: 40, slant: 0 };
  const digits = [groupAt(10, 10, 34, 50), groupAt(50, 12, 60, 50)];
  const unmarked = (...marks: ReturnType<typeof groupAt>[]) => dropMarks([...digits, ...marks], writing);

  it.each([
    ['a stop', groupAt(40, 46, 44, 50)],
    ['a comma', groupAt(40, 44, 45, 54)],
    ['a dash', groupAt(70, 28, 90, 32)],
    ['the edge of a table', groupAt(90, 0, 94, 100)],
  ])('go: %s', (_, mark) => expect(unmarked(mark)).toEqual(digits));

  it('stay: several 1s that are higher than the other digits, on the same line', () => {
    const ones = [groupAt(70, -4, 74, 50), groupAt(90, -4, 94, 50)];
    expect(unmarked(...ones)).toEqual([...digits, ...ones]);
  });

  it('go: bars between cells', () => {
    const bars = [groupAt(2, 4, 5, 60), groupAt(42, 4, 45, 60), groupAt(70, 4, 73, 60)];
    expect(unmarked(...bars)).toEqual(digits);
  });

  it.each([
    ['a low digit', groupAt(70, 28, 86, 50)],
    ['a high 1', groupAt(70, 0, 74, 56)],
    ['a 1 as high as the digits', groupAt(70, 10, 74, 50)],
    ['a large digit', groupAt(70, 0, 120, 84)],
  ])('do not take digits along: %s', (_, digit) => expect(unmarked(digit)).toEqual([...digits, digit]));

  it('are not 1s of different heights', () => {
    const ones = [groupAt(70, 0, 74, 60), groupAt(84, 11, 88, 60)];
    expect(unmarked(...ones)).toEqual([...digits, ...ones]);
  });

  it('stay where there is nothing else', () => {
    const dash = [groupAt(10, 20, 30, 24)];
    expect(dropMarks(dash, writing)).toEqual(dash);
  });
});
