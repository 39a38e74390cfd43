import { expect, it } from 'vitest';
import { sourceOf } from './picture-source.ts';

it.for([
  ['https://example.com/7.png', { address: 'https://example.com/7.png' }],
  ['http://example.com/7.png', { notice: 'http-address' }],
  ['blob:https://example.com/0193', { notice: 'closed-address' }],
  ['file:///home/ada/7.png', { notice: 'closed-address' }],
  ['data:text/plain,7', { notice: 'closed-address' }],
  ['Dear all: see https://example.com', { notice: 'text' }],
  ['42', { notice: 'text' }],
  ['', { notice: 'text' }],
] as const)('%s', ([source, expected]) => {
  expect(sourceOf(source)).toEqual(expected);
});

it('makes a file of a picture that is all in its address', async () => {
  const source = sourceOf(`data:image/png;base64,${btoa('ink')}`);
  const file = 'file' in source ? source.file : null;
  expect([file?.type, await file?.text()]).toEqual(['image/png', 'ink']);
});
