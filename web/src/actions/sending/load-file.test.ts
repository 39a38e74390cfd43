import { expect, it, vi } from 'vitest';
import { loadFile } from './load-file.ts';

const failing = (error: Error) =>
  Object.assign(new File(['ink'], 'a.png'), { arrayBuffer: () => Promise.reject(error) });

it('resolves to the same file in memory', async () => {
  const file = new File(['ink'], 'a.png', { type: 'image/png' });
  const loaded = await loadFile(file);
  expect(loaded).not.toBe(file);
  expect([loaded.name, loaded.type, await loaded.text()]).toEqual(['a.png', 'image/png', 'ink']);
});

it.each([
  ['NotReadableError', 'changed-file'],
  ['NotFoundError', 'unreadable-file'],
])('names a %s', async (name, code) => {
  await expect(loadFile(failing(new DOMException('no', name)))).rejects.toMatchObject({ code });
});

it('throws any other error as it is', async () => {
  const bug = new TypeError('bug');
  await expect(loadFile(failing(bug))).rejects.toBe(bug);
});

it('does not load a film', async () => {
  const film = Object.assign(new File([], 'film.mov'), { arrayBuffer: vi.fn() });
  Object.defineProperty(film, 'size', { value: 200_000_001 });
  await expect(loadFile(film)).rejects.toMatchObject({ code: 'too-large' });
  expect(film.arrayBuffer).not.toHaveBeenCalled();
});
