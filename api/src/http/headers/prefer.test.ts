import { expect, it } from 'vitest';
import { parsePrefer } from './prefer.ts';

const none = { respondAsync: false, waitS: null };

it.each([
  ['respond-async', { respondAsync: true, waitS: null }],
  ['wait=10', { respondAsync: false, waitS: 10 }],
  ['wait=0', { respondAsync: false, waitS: 0 }],
  ['wait="10"', { respondAsync: false, waitS: 10 }],
  ['wait="1\\0"', { respondAsync: false, waitS: 10 }],
  ['wait = 10', { respondAsync: false, waitS: 10 }],
  ['respond-async, wait=10', { respondAsync: true, waitS: 10 }],
  ['wait=10,respond-async', { respondAsync: true, waitS: 10 }],
  ['Respond-Async, WAIT=10', { respondAsync: true, waitS: 10 }],
  ['  respond-async\t,\twait=5  ', { respondAsync: true, waitS: 5 }],
  ['respond-async; foo="a,b;c"; bar, wait=7; x=1', { respondAsync: true, waitS: 7 }],
  ['respond-async=""', { respondAsync: true, waitS: null }],
  ['return=minimal; foo="some parameter", wait=100, handling=lenient', { respondAsync: false, waitS: 100 }],
])('reads %s', (header, preferences) => {
  expect(parsePrefer(header)).toEqual(preferences);
});

it.each([
  ['wait=3, wait=9', { respondAsync: false, waitS: 3 }],
  ['wait=3, WAIT=9', { respondAsync: false, waitS: 3 }],
  // The first is well formed; its value is one that this service doesn't know.
  ['wait=soon, wait=9', none],
])('takes the first of a name: %s', (header, preferences) => {
  expect(parsePrefer(header)).toEqual(preferences);
});

it.each([
  [undefined],
  [''],
  [',,;,'],
  ['wait'],
  ['wait='],
  ['wait=-1'],
  ['wait=1.5'],
  ['wait=1e3'],
  ['wait=0x10'],
  ['wait=10s'],
  ['wait="10'],
  ['wait=""'],
  ['wait=" 10"'],
  ['wait=١٠'],
  ['wait==10'],
  ['wait=10 respond-async'],
  ['respond-async=false'],
  ['respond-async=true'],
  ['respond async'],
  ['respond-asynchronously'],
  ['"respond-async"'],
  ['foo="respond-async, wait=10"'],
  ['foo="\\", respond-async, wait=10"'],
  ['foo; respond-async; wait=10'],
  ['__proto__=1, constructor'],
])('ignores what is unknown or malformed: %s', (header) => {
  expect(parsePrefer(header)).toEqual(none);
});

it.each([
  ['wait==1, wait=9', { respondAsync: false, waitS: 9 }],
  [', ,respond-async,,', { respondAsync: true, waitS: null }],
  ['a b, @, ="x", respond-async', { respondAsync: true, waitS: null }],
  ['wait=4, foo="never closed, respond-async', { respondAsync: false, waitS: 4 }],
])('reads what stands beside malformed ones: %s', (header, preferences) => {
  expect(parsePrefer(header)).toEqual(preferences);
});

it('cuts off a wait that no number holds', () => {
  expect(parsePrefer('wait=2147483648').waitS).toBe(2_147_483_647);
  expect(parsePrefer(`wait=${'9'.repeat(400)}`).waitS).toBe(2_147_483_647);
});

it.each([
  ['quotes', '"'.repeat(65_000)],
  ['backslashes in a quote', `wait="${'\\'.repeat(65_000)}`],
  ['one quoted value', `wait="${'a'.repeat(65_000)}"`],
  ['one name', 'a'.repeat(65_000)],
  ['spaces', `wait${' '.repeat(65_000)}x`],
  ['commas', ','.repeat(65_000)],
])('reads the longest headers in no time: %s', (_, header) => {
  const start = performance.now();
  expect(parsePrefer(header)).toEqual(none);
  expect(performance.now() - start).toBeLessThan(500);
});
