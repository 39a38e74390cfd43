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

it('redoes what was undone, until something new is drawn', () => {
  const undo: SheetEvent = { type: 'undo' };
  const redo: SheetEvent = { type: 'redo' };
  expect(replay(one, two, undo, undo, redo).strokes).toEqual([stroke(1)]);
  expect(replay(one, two, undo, undo, redo, redo).strokes).toEqual([stroke(1), stroke(2)]);
  expect(replay(one, two, undo, redo, undo).strokes).toEqual([stroke(1)]);
  expect(replay(one, undo, two, redo).strokes).toEqual([stroke(2)]);
});

it('undoes the eraser in one step', () => {
  const [first, second] = replay(one, two).strokes;
  const erased: SheetEvent = { type: 'erased', strokes: [second!] };
  expect(replay(one, two, erased).strokes).toEqual([second]);
  expect(replay(one, two, erased, { type: 'undo' }).strokes).toEqual([first, second]);
});

it('writes again once nothing is left to erase', () => {
  const eraser: SheetEvent = { type: 'eraser', on: true };
  expect(replay(eraser).erasing).toBe(false);
  expect(replay(one, eraser).erasing).toBe(true);
  expect(replay(one, eraser, { type: 'erased', strokes: [] }).erasing).toBe(false);
  expect(replay(one, eraser, { type: 'undo' }).erasing).toBe(false);
  expect(replay(one, eraser, { type: 'pen', pen: 'fine' }).erasing).toBe(false);
});

it('stays the same object when nothing changes', () => {
  expect(replay({ type: 'clear' })).toBe(EMPTY_SHEET);
  expect(replay({ type: 'undo' })).toBe(EMPTY_SHEET);
  expect(replay({ type: 'redo' })).toBe(EMPTY_SHEET);
  expect(replay({ type: 'erased', strokes: [] })).toBe(EMPTY_SHEET);
});

it('keeps the pen through clearing and undo', () => {
  expect(replay({ type: 'pen', pen: 'broad' }, one, { type: 'clear' }, { type: 'undo' }).pen).toBe('broad');
});

it('forgets drawings more than a hundred steps back', () => {
  const long = Array.from({ length: 150 }, () => one).reduce(nextSheet, EMPTY_SHEET);
  expect(long.past).toHaveLength(100);
  expect(long.strokes).toHaveLength(150);
});
