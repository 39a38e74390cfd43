import { expect, it, vi } from 'vitest';
import { type Place, pathOf, placeOf } from './place.ts';

const id = '01938f5e-7b3a-7cc0-8000-000000000001';

it.each<[string, Place]>([
  ['/ui/', { name: 'desk' }],
  ['/ui/history', { name: 'history' }],
  ['/ui/queue', { name: 'queue' }],
  [`/ui/p/${id}`, { name: 'result', id }],
  ['/ui/models/mnist-cnn', { name: 'model', model: 'mnist-cnn' }],
  [`/ui/b/${id},${id}`, { name: 'batch', id: `${id},${id}` }],
  ['/ui/b/new-1', { name: 'batch', id: 'new-1' }],
])('%s', (path, place) => {
  expect(placeOf(path)).toEqual(place);
  expect(pathOf(place)).toBe(path);
});

it.each([`/ui/p/${id}/`, '/ui/history/', '/ui/queue/'])('accepts a slash at the end of %s', (path) => {
  expect(placeOf(path).name).not.toBe('desk');
});

it('accepts the desk without its slash', () => {
  expect(placeOf('/ui')).toEqual({ name: 'desk' });
});

it('reads an address whose commas were encoded on its way', () => {
  expect(placeOf(`/ui/b/${id}%2C${id}`)).toEqual({ name: 'batch', id: `${id},${id}` });
});

it.each([
  ...['/', '/ui/p/', '/ui/b/', '/ui/p/a/b', '/ui/historyx', '/uix', '/predictions'],
  ...['/ui/models/%E0', '/ui/p/%E0', '/ui/b/%', '/ui/p/a%2Fb', '/ui/p/%20', '/digits/ui/models/%E0'],
])('%s is no place', (path) => {
  expect(placeOf(path)).toEqual({ name: 'missing', path });
  expect(pathOf(placeOf(path))).toBe(path);
});

it.each<[string, Place]>([
  ['/digits/ui/', { name: 'desk' }],
  ['/a/b/ui/history', { name: 'history' }],
  [`/digits/ui/p/${id}`, { name: 'result', id }],
  [`/digits/ui/b/${id},${id}`, { name: 'batch', id: `${id},${id}` }],
  ['/digits/ui/models/mnist-cnn', { name: 'model', model: 'mnist-cnn' }],
  ['/digits/ui/queue', { name: 'queue' }],
  ['/a%20b/ui/', { name: 'desk' }],
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
  expect(based.pathOf({ name: 'batch', id: `${id},${id}` })).toBe(`/digits/ui/b/${id},${id}`);
  expect(based.pathOf({ name: 'model', model: 'a-1' })).toBe('/digits/ui/models/a-1');
  expect(based.apiAddress('predict')).toBe('https://example.org/digits/predict');
  expect(based.CONSOLE_PATH).toBe('/digits/console');
  expect(based.DOCS_PATH).toBe('/digits/docs');
});
