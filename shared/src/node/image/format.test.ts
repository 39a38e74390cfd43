import { expect, it } from 'vitest';
import { detectFormat, nameOf, unsupportedFormat } from './format.ts';

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
  ['bmp', bytes(`BM6\0\0\0\0\0\0\0\x36\0\0\0${'\x28\0\0\0'.repeat(10)}`)],
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
  ['a BMP that ends in its header', bytes('BM6\0\0\0\0\0')],
  ['a text that begins with BM', bytes('BMW and other makers of cars, listed by year')],
  ['a RIFF that is sound', bytes('RIFF\x10\0\0\0WAVEfmt ')],
  ['a box that ends too early', bytes('\0\0\0\x20ftyp')],
])('refuses %s', (_, content) => {
  expect(detectFormat(content)).toBeNull();
});

const utf16 = (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le');

it.each([
  ['a HEIC picture', box('heic', 'mif1', 'heic')],
  ['a HEIC picture', box('mif1', 'heic')],
  ['a HEIC picture', box('hevc', 'msf1')],
  ['a raw photo', box('crx ', 'isom')],
  ['a video or a sound (MP4)', box('isom', 'mp42')],
  ['a video (QuickTime)', box('qt  ')],
  ['a PDF document', bytes('%PDF-1.7')],
  ['a PDF document', bytes('\xef\xbb\xbf\r\n%PDF-1.7')],
  ['a HEIC picture', bytes('\0\0\0\0ftypheic\0\0\0\0mif1')],
  ['a PNG for iPhone apps (CgBI)', bytes('\x89PNG\r\n\x1a\n\0\0\0\x04CgBI')],
  ['a Netpbm picture', bytes('P5 28 28 255')],
  ['an SVG drawing', bytes('<?xml version="1.0"?><ns0:svg xmlns:ns0="http://www.w3.org/2000/svg"/>')],
  ['an SVG drawing', bytes(`<!-- ${'who drew it '.repeat(200)} --><svg/>`)],
  ['a Photoshop picture (PSD)', bytes('8BPS\0\x01')],
  ['a JPEG XL picture', bytes('\xff\x0a\xfa')],
  ['an icon (ICO)', bytes('\0\0\x01\0\x01\0')],
  ['gzip-compressed', bytes('\x1f\x8b\x08\0')],
  ['a ZIP archive or an Office document', bytes('PK\x03\x04\x14\0')],
  ['a video (AVI)', bytes('RIFF\x10\0\0\0AVI LIST')],
  ['a video (Matroska or WebM)', bytes('\x1aE\xdf\xa3\x9f')],
  ['a sound (MP3)', bytes('ID3\x03')],
  ['a DICOM picture', Buffer.concat([Buffer.alloc(128), bytes('DICM')])],
  ['an SVG drawing', bytes('<svg xmlns="http://www.w3.org/2000/svg"/>')],
  ['an SVG drawing', bytes('\n<?xml version="1.0"?>\n<!-- drawn -->\n<svg width="9"/>')],
  ['an SVG drawing', utf16('<?xml version="1.0" encoding="utf-16"?><svg/>')],
  ['an HTML page', bytes('<!DOCTYPE html><html>')],
  ['an XML document', bytes('<?xml version="1.0"?><note/>')],
  ['JSON', bytes('{"image": "iVBORw0KGgo="}')],
  ['a data URL', bytes('data:image/png;base64,iVBORw0KGgo=')],
  ['base64 text', bytes('iVBORw0KGgoAAAANSUhEUgAA'.repeat(8))],
  ['a text', bytes('This is a letter.')],
  ['a text', Buffer.from('Grüße, 手紙')],
  [null, bytes('')],
  [null, bytes('\x89')],
  [null, bytes('\0\x01\x02\x03')],
])('names %s', (name, content) => {
  expect(detectFormat(content)).toBeNull();
  expect(nameOf(content)).toBe(name);
});

it('says what was sent and what to send in its place', () => {
  expect(unsupportedFormat(box('heic', 'mif1'))).toMatch(
    /HEIC.*JPEG.*Settings › Camera › Formats › Most Compatible/,
  );
  expect(unsupportedFormat(bytes('%PDF-1.7'))).toMatch(/PDF.*PNG, JPEG, WebP, GIF, TIFF, AVIF or BMP/);
  expect(unsupportedFormat(bytes('\0\x01'))).toMatch(/not a PNG, JPEG, WebP, GIF, TIFF, AVIF or BMP/);
});
