import { describe, expect, it } from 'vitest';
import { acceptedAt, BATCH_ID, batchOf, itemAfter } from '../../testing/batches.ts';
import { succeeded } from '../../testing/predictions.ts';
import { addressOf, batchIdsOf, findBatch, nextBatches } from './batch.ts';

const OTHER_ID = '01938f5e-7b3a-7cc0-8000-00000000cafe';
const waiting = batchOf(itemAfter(0), itemAfter(1), itemAfter(2));
const sent = batchOf(
  itemAfter(0, acceptedAt(0)),
  itemAfter(1, acceptedAt(1)),
  itemAfter(2, acceptedAt(0, 1, OTHER_ID)),
);

describe('the address of a batch', () => {
  it('is a key of this browser until the service has accepted something, then its ids', () => {
    expect(addressOf(waiting)).toBe('new-1');
    expect(addressOf(sent)).toBe(`${BATCH_ID},${OTHER_ID}`);
    expect(batchIdsOf(sent)).toEqual([BATCH_ID, OTHER_ID]);
  });

  it('leads to it by the key and by each id, so that an earlier address of an upload still does', () => {
    for (const address of ['new-1', BATCH_ID, OTHER_ID, `${BATCH_ID},${OTHER_ID}`])
      expect(findBatch([sent], address)).toBe(sent);
    expect(findBatch([sent], 'new-2')).toBeNull();
    expect(findBatch([], BATCH_ID)).toBeNull();
  });
});

describe('an event', () => {
  it('changes the pictures that it is about, and no other object', () => {
    const other = { ...batchOf(itemAfter(0)), key: 'other', items: [{ ...itemAfter(0), key: 'other/0' }] };
    const state = { type: 'state', token: 1, at: 9, prediction: succeeded(3) } as const;
    const events = new Map([
      ['new-1/1', state],
      ['gone', state],
    ]);
    const [after, same] = nextBatches([sent, other], { type: 'predictions', events });
    expect(after!.items.map(({ tracked }) => tracked.phase)).toEqual(['following', 'done', 'following']);
    expect(after!.items[0]).toBe(sent.items[0]);
    expect(same).toBe(other);
  });

  it('opens a batch in place of the one with the same key, and closes it', () => {
    const all = nextBatches([waiting], { type: 'opened', batch: sent });
    expect(all).toEqual([sent]);
    expect(nextBatches(all, { type: 'closed', key: 'new-1' })).toEqual([]);
  });

  it('names pictures, sets what they show, and what of that is saved as feedback', () => {
    let all = nextBatches([sent], { type: 'named', names: new Map([['new-1/0', 'a.png']]) });
    all = nextBatches(all, { type: 'by-hand', itemKey: 'new-1/0', text: '7' });
    all = nextBatches(all, { type: 'fed-back', itemKey: 'new-1/0', text: '7' });
    expect(all[0]!.items[0]).toMatchObject({ name: 'a.png', byHand: '7', fedBack: '7' });
    all = nextBatches(all, { type: 'by-hand', itemKey: 'new-1/0', text: null });
    expect(all[0]!.items[0]!.byHand).toBeNull();
    const failure = { code: 'batch-expired', retryable: false } as const;
    expect(nextBatches(all, { type: 'failed', key: 'new-1', failure })[0]!.failure).toBe(failure);
  });
});
