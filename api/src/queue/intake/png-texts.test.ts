import { crc32 } from 'node:zlib';
import sharp from 'sharp';
import { beforeAll, expect, test } from 'vitest';
import { withoutTexts } from './png-texts.ts';

let png: Buffer;
beforeAll(async () => {
  png = await sharp({ create: { width: 28, height: 28, channels: 3, background: '#fff' } })
    .png()
    .toBuffer();
});

function chunk(type: string, content: Buffer): Buffer {
  const frame = Buffer.alloc(content.length + 12);
  frame.writeUInt32BE(content.length);
  frame.write(type, 4, 'latin1');
  content.copy(frame, 8);
  frame.writeUInt32BE(crc32(frame.subarray(4, -4)), frame.length - 4);
  return frame;
}

/** A PNG with chunks between its header and its pixels. */
const withChunks = (...chunks: Buffer[]) => Buffer.concat([png.subarray(0, 33), ...chunks, png.subarray(33)]);
const long = Buffer.alloc(100_000, 'a');

test.each(['tEXt', 'zTXt', 'iTXt'])('long %s chunks are left out, and nothing else', (type) => {
  const profile = chunk('eXIf', long);
  const bytes = withChunks(chunk(type, long), profile, chunk(type, long));
  expect(withoutTexts(bytes)).toEqual(withChunks(profile));
});

test('texts after the pixels are left out, and one that the file cuts off', () => {
  const after = Buffer.concat([png.subarray(0, -12), chunk('tEXt', long), png.subarray(-12)]);
  expect(withoutTexts(after)).toEqual(png);
  expect(withoutTexts(Buffer.concat([png.subarray(0, -12), chunk('tEXt', long).subarray(0, -9)]))).toEqual(
    png.subarray(0, -12),
  );
});

test('short texts and other files stay as they are', () => {
  const short = withChunks(chunk('tEXt', Buffer.from('Comment')), chunk('eXIf', long));
  expect(withoutTexts(short)).toBe(short);
  const other = Buffer.concat([Buffer.from('GIF89a'), long]);
  expect(withoutTexts(other)).toBe(other);
  const damaged = withChunks(long, long);
  expect(withoutTexts(damaged)).toBe(damaged);
});
