import { expect, test } from 'vitest';
import { decodeImageText, textOf } from './image-text.ts';

const bytes = Buffer.of(0x89, 0x50, 0xff, 0xfe, 0x00);

test.each([
  ['base64', bytes.toString('base64')],
  ['base64url without padding', bytes.toString('base64url')],
  ['base64 in lines', `${bytes.toString('base64').slice(0, 4)}\r\n ${bytes.toString('base64').slice(4)}\n`],
  ['a data URL', `data:image/png;base64,${bytes.toString('base64')}`],
  ['a data URL with a name', `data:image/png;name="a b.png";BASE64,${bytes.toString('base64')}`],
  ['a data URL without a type', `data:;base64,${bytes.toString('base64')}`],
  ['a percent-encoded data URL, whose bytes are not UTF-8', 'data:image/png,%89P%FF%fe%00'],
])('%s stands for bytes', (_, text) => {
  expect(decodeImageText(text)).toEqual(bytes);
});

test('a percent sign that begins no escape stands for itself', () => {
  expect(decodeImageText('data:,50%1g%')?.toString()).toBe('50%1g%');
});

test.each(['', ' ', 'data:image/png;base64,', 'not base64!', '<svg/>', 'https://example.org/7.png'])(
  'other text is no image: “%s”',
  (text) => {
    expect(decodeImageText(text)).toBeNull();
  },
);

test('text of any kind is told apart in one pass', () => {
  const started = performance.now();
  expect(decodeImageText(`data:${';base64'.repeat(1_000_000)}`)).toBeNull();
  expect(decodeImageText(`a${' '.repeat(10_000_000)}!`)).toBeNull();
  expect(performance.now() - started).toBeLessThan(1_000);
});

test('the text is in one of three fields', () => {
  expect(textOf({ other: 'x', image: ' ', data: 'abc' })).toBe('abc');
  for (const none of [null, 1, 'abc', {}, { image: 5 }]) expect(textOf(none)).toBeNull();
});
