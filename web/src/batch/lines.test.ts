import { expect, it } from 'vitest';
import { acceptedAt, failedAs, itemAfter } from '../testing/batches.ts';
import { queued, succeeded, succeededNumber } from '../testing/predictions.ts';
import { csvFile, toCsv, toTable } from './lines.ts';

const state = (prediction: object) => ({ type: 'state' as const, prediction });
const three = itemAfter(0, acceptedAt(0), state(succeeded(3)));
const id = queued().id;

it('writes what was read in the columns of the service', () => {
  expect(toCsv([three]).split('\r\n')).toEqual([
    'filename,id,status,digit,text,confidence,uncertain,error,by_hand',
    `0.png,${id},succeeded,3,3,0.99,false,,false`,
    '',
  ]);
});

it('writes what a person has set in place of it', () => {
  const doubtful = itemAfter(1, acceptedAt(1), state(succeededNumber('42\n7', [0])));
  const items = [
    { ...three, byHand: '8' },
    { ...doubtful, byHand: '41\n7' },
    { ...three, byHand: '' },
    itemAfter(2, failedAs('unsupported-format')),
  ];
  const [, first, second, third, fourth] = toCsv(items).split('\r\n');
  expect(first).toBe(`0.png,${id},succeeded,8,8,0.99,false,,true`);
  expect(second).toMatch(/,succeeded,,"41\n7",0\.\d+,false,,true$/);
  expect(third).toBe(`0.png,${id},succeeded,,,0.99,false,,true`);
  expect(fourth).toBe('2.png,,unsupported-format,,,,,unsupported-format,false');
});

it('marks the file as UTF-8, also for Excel', async () => {
  const bytes = new Uint8Array(await csvFile([three]).arrayBuffer());
  expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  expect(new TextDecoder().decode(bytes)).toBe(toCsv([three]));
});

it('copies names and texts as a table that no spreadsheet takes for formulas', () => {
  const items = [
    { ...three, name: '=HYPERLINK("x")\ta' },
    { ...three, byHand: '41\n7' },
  ];
  expect(toTable(items)).toBe('\'=HYPERLINK("x") a\t3\n0.png\t41 7');
});
