import { expect, it } from 'vitest';
import { detectFormat } from './picture-format.ts';

const bytes = (text: string) => Uint8Array.from([...text].map((letter) => letter.charCodeAt(0)));
const box = (major: string, ...compatible: string[]) =>
  bytes(`\0\0\0${String.fromCharCode(16 + 4 * compatible.length)}ftyp${major}\0\0\0\0${compatible.join('')}`);

it.each([
  ['png', bytes('\x89PNG\r\n\x1a\n')],
  ['jpeg', bytes('\xff\xd8\xff\xe0')],
  ['webp', bytes('RIFF\x10\0\0\0WEBPVP8 ')],
  ['gif', bytes('GIF89a')],
  ['gif', bytes('GIF87a')],
  ['tiff', bytes('II*\0')],
  ['tiff', bytes('MM\0*')],
  ['avif', box('avif', 'mif1')],
  ['avif', box('mif1', 'avif')],
])('tells %s by its content', (format, content) => {
  expect(detectFormat(content)).toBe(format);
});

it.each([
  ['nothing', bytes('')],
  ['one byte', bytes('\x89')],
  ['text', bytes('This is a letter.')],
  ['SVG', bytes('<svg xmlns="http://www.w3.org/2000/svg"/>')],
  ['PDF', bytes('%PDF-1.7')],
  ['HEIC', box('heic', 'mif1', 'heic')],
  ['BMP', bytes('BM6\0\0\0\0\0')],
  ['a RIFF that is sound', bytes('RIFF\x10\0\0\0WAVEfmt ')],
  ['a box that ends too early', bytes('\0\0\0\x20ftyp')],
])('refuses %s', (_, content) => {
  expect(detectFormat(content)).toBeNull();
});
