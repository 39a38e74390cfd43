import type { Prediction } from '@inkqueue/shared/contracts/prediction';
import { toPredictionError } from '@inkqueue/shared/contracts/problems';
import { expect, it } from 'vitest';
import { NUMBERS, RESULT } from '../testing/job-results.ts';
import { csvHeader, toCsvLine, toNdjsonLine } from './formats.ts';

const id = '01997e5a-0c1f-7000-8000-000000000001';
const queued: Prediction = {
  id,
  status: 'queued',
  model: null,
  created_at: '2026-01-01T00:00:00.000Z',
  started_at: null,
  finished_at: null,
  queue_position: 3,
  estimated_start_ms: null,
  result: null,
  error: null,
  timings: null,
  preview: null,
  urls: {
    self: `/predictions/${id}`,
    cancel: `/predictions/${id}/cancel`,
    events: `/predictions/${id}/events`,
  },
  links: { self: `/predictions/${id}`, feedback: null },
};
const result = { ...RESULT, predicted_digit: 0, text: '0', confidence: 0.9875 };
const succeeded: Prediction = { ...queued, status: 'succeeded', queue_position: null, result };
const numbers: Prediction = { ...succeeded, result: NUMBERS };
const failed: Prediction = {
  ...queued,
  status: 'failed',
  error: toPredictionError('no-ink', 'The picture is "blank", all of it.'),
};

it('names the columns in the first line of CSV', () => {
  expect(csvHeader).toBe('filename,id,status,digit,text,confidence,uncertain,error\r\n');
});

it.each([
  ['a result', succeeded, `seven.png,${id},succeeded,0,0,0.9875,false,\r\n`],
  ['several digits', numbers, `seven.png,${id},succeeded,,"42\n7",0.45,true,\r\n`],
  ['a failure', failed, `seven.png,${id},failed,,,,,no-ink\r\n`],
  ['one that waits', queued, `seven.png,${id},queued,,,,,\r\n`],
  ['one that is no longer kept', null, `seven.png,${id},expired,,,,,\r\n`],
])('writes a line of CSV: %s', (_, prediction, line) => {
  expect(toCsvLine({ id, filename: 'seven.png', prediction })).toBe(line);
});

it.each([
  [
    'a result',
    succeeded,
    { status: 'succeeded', digit: 0, text: '0', confidence: 0.9875, uncertain: false, error: null },
  ],
  [
    'several digits',
    numbers,
    { status: 'succeeded', digit: null, text: '42\n7', confidence: 0.45, uncertain: true, error: null },
  ],
  [
    'a failure',
    failed,
    { status: 'failed', digit: null, text: null, confidence: null, uncertain: null, error: 'no-ink' },
  ],
  [
    'one that waits',
    queued,
    { status: 'queued', digit: null, text: null, confidence: null, uncertain: null, error: null },
  ],
  [
    'one no longer kept',
    null,
    { status: 'expired', digit: null, text: null, confidence: null, uncertain: null, error: null },
  ],
])('writes a line of NDJSON: %s', (_, prediction, values) => {
  const line = toNdjsonLine({ id, filename: 'seven.png', prediction });
  expect(line.endsWith('}\n')).toBe(true);
  expect(JSON.parse(line)).toEqual({ filename: 'seven.png', id, ...values });
});

it('tells a picture without a name from one with an empty name', () => {
  expect(toCsvLine({ id, filename: null, prediction: null })).toBe(`,${id},expired,,,,,\r\n`);
  expect(toCsvLine({ id, filename: '', prediction: null })).toBe(`"",${id},expired,,,,,\r\n`);
  expect(JSON.parse(toNdjsonLine({ id, filename: null, prediction: null })).filename).toBeNull();
});

const field = (filename: string) => {
  const rest = `,${id},expired,,,,,\r\n`;
  const line = toCsvLine({ id, filename, prediction: null });
  expect(line.endsWith(rest)).toBe(true);
  return line.slice(0, -rest.length);
};

it.each([
  ['scan_01-(2).png', 'scan_01-(2).png'],
  ['数字é७.png', '数字é७.png'],
  ['e\u0301.png', 'e\u0301.png'],
  ['my scan.png', '"my scan.png"'],
  ['a,b.png', '"a,b.png"'],
  ['a;=1+1.png', '"a;=1+1.png"'],
  ['a"b.png', '"a""b.png"'],
  ['a","=1+1",".png', '"a"",""=1+1"","".png"'],
  ['a\r\nb\nc\rd', '"a\r\nb\nc\rd"'],
  ['  a.png', '"  a.png"'],
  ['a\u0000b', '"a\u0000b"'],
  ['😀.png', '"😀.png"'],
])('quotes a name where a reader needs it: %j', (filename, quoted) => {
  expect(field(filename)).toBe(quoted);
});

it.each([
  '=1+1',
  '+1',
  '-1.png',
  '@SUM(A1)',
  "=cmd|' /C calc'!A0",
  '\t=1',
  '\ta.png',
  '\ra.png',
  '\na.png',
  '\u0000a.png',
  '  =1',
  '\u00a0=1',
  '\u3000=1',
  '\ufeff=1',
  '\u200b\u202e=1',
  '"=1"',
  ' " =1',
  "'=1",
  '“=1',
  '\uff1d1',
  '\uff0b1',
  '\uff0d1',
  '\uff201',
  '\ufe661',
  '\u22121',
  '=1","=2',
])('keeps a spreadsheet from computing a name: %j', (filename) => {
  expect(field(filename)).toBe(`"'${filename.replaceAll('"', '""')}"`);
});

it('leaves the names in NDJSON as they were sent, each on one line', () => {
  const filename = '=1\r\n"\u0000\u0085\u2028\u2029é😀\u007f';
  const line = toNdjsonLine({ id, filename, prediction: null });
  expect(JSON.parse(line).filename).toBe(filename);
  expect(line.slice(0, -1)).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u);
});
