import { expect, it } from 'vitest';
import { isSentAsItIs } from './as-it-is.ts';

const head = (...bytes: (number | string)[]) =>
  new Uint8Array(
    bytes.flatMap((each) => (typeof each === 'string' ? [...Buffer.from(each, 'latin1')] : [each])),
  );

it.for([
  ['PNG', head(0x89, 'PNG\r\n\x1a\n\0\0\0\rIHDR')],
  ['JPEG', head(0xff, 0xd8, 0xff, 0xe0)],
  ['WebP', head('RIFF', 1, 2, 3, 4, 'WEBPVP8 ')],
  ['GIF', head('GIF89a')],
  ['TIFF', head('II*\0')],
  ['TIFF of the other byte order', head('MM\0*')],
  ['AVIF', head(0, 0, 0, 0x20, 'ftypavif')],
  ['BMP', head('BM')],
] as const)('a small %s goes as it is, a large one does not', ([, start]) => {
  expect(isSentAsItIs(500_000, start)).toBe(true);
  expect(isSentAsItIs(500_001, start)).toBe(false);
});

it.for([
  ['HEIC', head(0, 0, 0, 0x18, 'ftypheic')],
  ['SVG', head('<svg xmlns="http')],
  ['a text', head('Dear all,')],
  ['a RIFF that is no WebP', head('RIFF', 1, 2, 3, 4, 'WAVEfmt ')],
  ['nothing', head()],
] as const)('%s is for the browser to decode, however small', ([, start]) => {
  expect(isSentAsItIs(100, start)).toBe(false);
});
