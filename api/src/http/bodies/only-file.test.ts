import { expect, it } from 'vitest';
import { onlyFile } from './only-file.ts';

const part = (disposition: string, content: string) =>
  `--b\r\nContent-Disposition: form-data; ${disposition}\r\n\r\n${content}\r\n`;
const picture = part('name="file"; filename="a.png"', 'ink');
const read = (body: string, contentType = 'multipart/form-data; boundary=b') =>
  onlyFile(Buffer.from(body, 'latin1'), { contentType, field: 'file' });

it.each(['multipart/form-data; boundary=b', 'multipart/form-data; boundary="b"; charset=utf-8'])(
  'is the only file of a form, byte by byte: %s',
  (contentType) => {
    const content = 'a\r\n--c\r\n\u0000\u00ff\r\n';
    const body = `${part('name="file"; filename="a.png"', content)}--b--\r\n`;
    expect(read(body, contentType)?.toString('latin1')).toBe(content);
  },
);

it.each([
  ['two files', `${picture}${picture}--b--\r\n`],
  ['a file and a field', `${picture}${part('name="note"', 'x')}--b--\r\n`],
  ['a file of another name', `${part('name="image"; filename="a.png"', 'ink')}--b--\r\n`],
  ['a field in place of the file', `${part('name="file"', 'ink')}--b--\r\n`],
  ['an end that is missing', picture],
  ['no part', '--b--\r\n'],
  ['nothing', ''],
  ['another boundary', `${picture.replace('--b', '--c')}--c--\r\n`],
])('leaves every other form to the parser that tells what is wrong: %s', (_, body) => {
  expect(read(body)).toBeNull();
});

it('leaves a type without a boundary alone', () => {
  expect(read(`${picture}--b--\r\n`, 'multipart/form-data')).toBeNull();
});
