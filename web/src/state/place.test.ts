import { expect, it } from 'vitest';
import { type Place, pathOf, placeOf } from './place.ts';

const id = '01938f5e-7b3a-7cc0-8000-000000000001';

it.each<[string, Place]>([
  ['/ui/', { name: 'desk' }],
  ['/ui/history', { name: 'history' }],
  [`/ui/p/${id}`, { name: 'result', id }],
])('%s', (path, place) => {
  expect(placeOf(path)).toEqual(place);
  expect(pathOf(place)).toBe(path);
});

it.each([`/ui/p/${id}/`, '/ui/history/'])('accepts a slash at the end of %s', (path) => {
  expect(placeOf(path).name).not.toBe('desk');
});

it.each(['/ui', '/ui/p/', '/ui/p/a/b', '/ui/historyx'])('%s is the desk', (path) => {
  expect(placeOf(path)).toEqual({ name: 'desk' });
});
