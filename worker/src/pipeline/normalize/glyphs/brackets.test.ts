import { expect, it } from 'vitest';
import { type Placement, row, type Shape } from '../digits.fixture.ts';
import { dropBrackets } from './brackets.ts';
import { groupsOf, written } from './detail.fixture.ts';

const place: Placement = { left: 12, top: 20, height: 50 };
const step = 44;

/** Which of the shapes of a row stay. */
function left(...names: Shape[]): Shape[] {
  const detail = written(step * names.length + 20, 90, ...row(names, { ...place, step }));
  const groups = groupsOf(detail, { height: place.height, slant: 0 }).sort((a, b) => a.from - b.from);
  expect(groups).toHaveLength(names.length);
  return dropBrackets(groups, detail).map((group) => names[groups.indexOf(group)]);
}

it.each<Shape[][]>([
  [['(', '3', ')'], ['3']],
  [
    ['(', '1', '7', ')'],
    ['1', '7'],
  ],
  [
    ['[', '4', '2', ']'],
    ['4', '2'],
  ],
  [['(', '1', ')'], ['1']],
])('drops a pair of brackets: %j', (names, digits) => expect(left(...names)).toEqual(digits));

it.each<Shape[][]>([
  [['1', '7']],
  [['1', '2', '1']],
  [['1', '3', '7']],
  [['4', '0', '7']],
  [['7', '8', '3']],
  [['2', '1', '5']],
  [['(', '1']],
  [['(', '1', '7']],
  [['3', ')']],
  [['6', '1', '9']],
  [[')', '3', '(']],
  [[')', '3', ')']],
  [['(', '3', '(']],
  [['(', ')']],
  [['3']],
])('keeps what is no pair around something: %j', (names) => expect(left(...names)).toEqual(names));

it('keeps what is lower than the digits between', () => {
  const strokes = [
    ...row(['('], { left: 12, top: 36, height: 20, step }),
    ...row(['3'], { left: 50, top: 20, height: 50, step }),
    ...row([')'], { left: 100, top: 36, height: 20, step }),
  ];
  const detail = written(130, 90, ...strokes);
  const groups = groupsOf(detail, { height: 50, slant: 0 }).sort((a, b) => a.from - b.from);
  expect(dropBrackets(groups, detail)).toHaveLength(3);
});

it('finds none in an empty row', () => expect(dropBrackets([], written(20, 20))).toEqual([]));
