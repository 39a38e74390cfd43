import { expect, it } from 'vitest';
import { picturesIn } from './dropped-entries.ts';

const file = (name: string, type = '') =>
  ({
    name,
    isFile: true,
    isDirectory: false,
    file: (resolve: (file: File) => void) => resolve(new File(['ink'], name, { type })),
  }) as unknown as FileSystemEntry;

/** A reader of it hands out two children at a time. */
function folder(name: string, ...children: FileSystemEntry[]): FileSystemEntry {
  const createReader = () => {
    const rest = [...children];
    return { readEntries: (resolve: (some: FileSystemEntry[]) => void) => resolve(rest.splice(0, 2)) };
  };
  return { name, isFile: false, isDirectory: true, createReader } as unknown as FileSystemEntry;
}

it('finds every picture in folders and their folders, in the order of their names', async () => {
  const { pictures, others } = await picturesIn([
    folder(
      'class',
      file('10.png', 'image/png'),
      file('9.png', 'image/png'),
      folder('a second page', file('scan.TIF'), file('IMG_1.HEIC')),
      file('.DS_Store'),
      file('Thumbs.db'),
      file('notes.txt', 'text/plain'),
    ),
    file('beside.jpg', 'image/jpeg'),
  ]);
  expect(pictures.map(({ name }) => name)).toEqual([
    'beside.jpg',
    '9.png',
    '10.png',
    'IMG_1.HEIC',
    'scan.TIF',
  ]);
  expect(others).toBe(1);
});

it('finds none in an empty folder', async () => {
  expect(await picturesIn([folder('empty')])).toEqual({ pictures: [], others: 0 });
});
