import { expect, it, vi } from 'vitest';
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

it.each<[string, Place]>([
  ['/digits/ui/', { name: 'desk' }],
  ['/a/b/ui/history', { name: 'history' }],
  [`/digits/ui/p/${id}`, { name: 'result', id }],
])('knows the place of %s below a base path', (path, place) => {
  expect(placeOf(path)).toEqual(place);
});

it('builds paths below the base path that the document names', async () => {
  vi.resetModules();
  vi.stubGlobal('document', { baseURI: 'https://example.org/digits/ui/' });
  const based = await import('./place.ts');
  vi.unstubAllGlobals();
  expect(based.pathOf({ name: 'desk' })).toBe('/digits/ui/');
  expect(based.pathOf({ name: 'history' })).toBe('/digits/ui/history');
  expect(based.pathOf({ name: 'result', id })).toBe(`/digits/ui/p/${id}`);
  expect(based.DOCS_PATH).toBe('/digits/docs');
});
