import { expect, it } from 'vitest';
import { EMPTY_SHEET, nextSheet, type SheetEvent, type Stroke } from './sheet.ts';

const stroke = (x: number): Stroke => ({ points: [[x, 0, 0.5]], pen: 'medium', pressed: false });
const replay = (...events: SheetEvent[]) => events.reduce(nextSheet, EMPTY_SHEET);
const one: SheetEvent = { type: 'stroke', stroke: stroke(1) };
const two: SheetEvent = { type: 'stroke', stroke: stroke(2) };

it('undoes one stroke at a time', () => {
  expect(replay(one, two, { type: 'undo' }).strokes).toEqual([stroke(1)]);
  expect(replay(one, two, { type: 'undo' }, { type: 'undo' }).strokes).toEqual([]);
});

it('undoes clearing', () => {
  expect(replay(one, two, { type: 'clear' }).strokes).toEqual([]);
  expect(replay(one, two, { type: 'clear' }, { type: 'undo' }).strokes).toEqual([stroke(1), stroke(2)]);
});

it('stays the same object when nothing changes', () => {
  expect(replay({ type: 'clear' })).toBe(EMPTY_SHEET);
  expect(replay({ type: 'undo' })).toBe(EMPTY_SHEET);
});

it('keeps the pen through clearing and undo', () => {
  expect(replay({ type: 'pen', pen: 'broad' }, one, { type: 'clear' }, { type: 'undo' }).pen).toBe('broad');
});

it('forgets drawings more than a hundred steps back', () => {
  const long = Array.from({ length: 150 }, () => one).reduce(nextSheet, EMPTY_SHEET);
  expect(long.past).toHaveLength(100);
  expect(long.strokes).toHaveLength(150);
});
