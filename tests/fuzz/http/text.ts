import type { Random } from '../random.ts';
import type { Shot } from './shot.ts';

/** Base64 as programs write it, rightly and wrongly. */
const ALPHABETS: Record<string, (image: Buffer, random: Random) => string> = {
  plain: (image) => image.toString('base64'),
  url: (image) => image.toString('base64url'),
  lines: (image) => image.toString('base64').replaceAll(/(.{76})/g, '$1\r\n'),
  padded: (image) => `${image.toString('base64')}====`,
  unpadded: (image) => image.toString('base64').replaceAll('=', ''),
  'wrong-character': (image, random) => {
    const text = image.toString('base64');
    const at = random.below(text.length);
    return (
      text.slice(0, at) + random.pick(['!', '\u0000', 'ü', '=', '%', '\u2028', '"']) + text.slice(at + 1)
    );
  },
  'data-url': (image) => `data:image/png;base64,${image.toString('base64')}`,
  'data-url-odd': (image, random) =>
    `data:${random.pick([';', ';;base64;base64', 'image/png;charset=utf-8;base64', 'a'.repeat(300), ''])},${image.toString('base64')}`,
  'data-url-percent': (image) =>
    `data:,${[...image.subarray(0, 5_000)].map((byte) => `%${byte.toString(16)}`).join('')}`,
  hex: (image) => image.toString('hex'),
  latin1: (image) => image.toString('latin1'),
  address: (_, random) =>
    random.pick(['https://example.com/7.png', 'http://127.0.0.1:1/', 'https://[::1]', 'file:///etc/passwd']),
  empty: () => '',
};

const nested = (open: string, close: string, times: number) => open.repeat(times) + close.repeat(times);

/** JSON that holds the text of a picture, rightly and wrongly. */
const DOCUMENTS: Record<string, (text: string, random: Random) => string> = {
  image: (text) => JSON.stringify({ image: text }),
  data: (text) => JSON.stringify({ data: text, image: '' }),
  string: (text) => JSON.stringify(text),
  images: (text) => JSON.stringify({ images: [text, { image: text, filename: 'a.png' }, 7, null, {}] }),
  'many-images': (text, random) =>
    JSON.stringify({ images: Array(random.pick([0, 30, 1_001])).fill(text.slice(0, 3_000)) }),
  'wrong-type': (text, random) =>
    JSON.stringify(
      random.pick<unknown>([
        { image: 7 },
        { image: [text] },
        { image: { image: text } },
        null,
        7,
        [],
        [text],
        true,
      ]),
    ),
  twice: (text) => `{"image":"AAAA","image":${JSON.stringify(text)}}`,
  prototype: (text) =>
    `{"__proto__":{"image":"x"},"constructor":{"prototype":{}},"image":${JSON.stringify(text)}}`,
  'deep-lists': (_, random) => nested('[', ']', random.pick([100, 10_000, 300_000])),
  'deep-objects': (_, random) => `${'{"image":'.repeat(random.pick([100, 100_000]))}1`,
  'deep-images': (_, random) => `{"images":[${nested('[', ']', random.pick([10, 50_000]))}]}`,
  'many-keys': (text) =>
    `{${Array.from({ length: 20_000 }, (_, i) => `"k${i}":${i}`).join()},"image":${JSON.stringify(text)}}`,
  numbers: (_, random) =>
    `{"image":${random.pick(['1e999', '-0', '1'.repeat(100_000), 'NaN', '0x10', '.5'])}}`,
  mark: (text) => `\ufeff${JSON.stringify({ image: text })}`,
  surrogate: () => '{"image":"\\ud800\\udc00\\ud800"}',
  'cut-off': (text, random) => JSON.stringify({ image: text }).slice(0, random.below(text.length + 12)),
  trailing: (text) => `${JSON.stringify({ image: text })},{}`,
  blank: (_, random) => ' '.repeat(random.pick([0, 1, 100_000])),
};

/** A body of text that holds the picture: JSON, a form's field, or the text alone. */
export function text(image: Buffer, random: Random): Pick<Shot, 'headers' | 'body' | 'steps'> {
  const alphabet = random.chance(0.5) ? 'plain' : random.pick(Object.keys(ALPHABETS));
  const sent = ALPHABETS[alphabet]?.(image, random) ?? '';
  if (random.chance(0.15)) {
    return {
      headers: { 'Content-Type': 'text/plain' },
      body: Buffer.from(sent),
      steps: [`text ${alphabet}`],
    };
  }
  if (random.chance(0.15)) {
    const body = random.chance(0.5)
      ? new URLSearchParams({ image: sent }).toString()
      : `image=${sent}&&=&image`;
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
    return { headers, body: Buffer.from(body), steps: [`urlencoded ${alphabet}`] };
  }
  const kind = random.chance(0.3) ? 'image' : random.pick(Object.keys(DOCUMENTS));
  const json = DOCUMENTS[kind]?.(sent, random) ?? '';
  const encoding = random.pick(['utf8', 'utf8', 'utf8', 'utf8', 'utf16le', 'latin1'] as const);
  return {
    headers: {
      'Content-Type': random.pick([
        'application/json',
        'application/json; charset=utf-8',
        'application/ld+json',
      ]),
    },
    body: Buffer.from(json, encoding),
    steps: [`json ${kind} of ${alphabet} in ${encoding}`],
  };
}
