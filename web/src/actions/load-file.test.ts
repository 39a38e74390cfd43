import { afterEach, expect, it, vi } from 'vitest';
import { loadFile } from './load-file.ts';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
});

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

it('does not load a file that the service would refuse', async () => {
  vi.resetModules();
  vi.stubGlobal('document', {
    querySelector: () => ({ content: '2000000' }),
    baseURI: 'http://localhost/ui/',
  });
  const { loadFile } = await import('./load-file.ts');
  const { failureText } = await import('../texts/failures.ts');
  const file = Object.assign(new File([new Uint8Array(2_000_001)], 'a.png'), { arrayBuffer: vi.fn() });
  await expect(loadFile(file)).rejects.toMatchObject({ code: 'too-large' });
  expect(file.arrayBuffer).not.toHaveBeenCalled();
  expect(failureText('too-large').next).toBe('Send a smaller picture, at most 2 MB.');
});
