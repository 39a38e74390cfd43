import { expect, it } from 'vitest';
import { acceptedAt, batchOf, failedAs, itemAfter } from '../../testing/batches.ts';
import { failedWith, succeeded } from '../../testing/predictions.ts';
import { fromRecord, parseRecord, toRecord } from './record.ts';
import { readingOf, standingOf } from './standing.ts';

/** By way of the text that the browser keeps. */
const reloaded = (batch: Parameters<typeof toRecord>[0]) =>
  fromRecord(parseRecord(JSON.parse(JSON.stringify(toRecord(batch))))!);

it('brings back the readings, what was set by hand, and what was not sent', () => {
  const batch = batchOf(
    itemAfter(0, acceptedAt(0), { type: 'state', prediction: succeeded(3) } as never),
    { ...itemAfter(1, acceptedAt(1)), byHand: '42' },
    itemAfter(2, acceptedAt(2), { type: 'state', prediction: failedWith('no-ink') } as never),
    itemAfter(3, failedAs('queue-full', true, 9)),
    itemAfter(4, failedAs('too-large')),
    itemAfter(5),
  );
  const after = reloaded(batch);
  expect(after.items.map(standingOf)).toEqual(['read', 'read', 'no-digit', 'unsent', 'failed', 'unsent']);
  expect(readingOf(after.items[0]!)).toEqual(readingOf(batch.items[0]!));
  expect(after.items[1]).toMatchObject({ name: '1.png', thumbnail: null, byHand: '42' });
  expect(after.items[1]!.tracked.accepted).toEqual(batch.items[1]!.tracked.accepted);
  expect(reloaded(after)).toEqual(after);
});

it('takes nothing of another shape for a batch', () => {
  const record = toRecord(batchOf(itemAfter(0)));
  expect(parseRecord(record)).toEqual(record);
  for (const other of [null, {}, { ...record, items: [] }, { ...record, at: 'yesterday' }])
    expect(parseRecord(other)).toBeNull();
});
