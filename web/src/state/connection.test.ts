import { describe, expect, it } from 'vitest';
import { batchOf, failedAs, itemAfter } from '../testing/batches.ts';
import type { BatchItem } from './batch/batch.ts';
import { connectionToNote } from './connection.ts';
import { FIRST_VISIT, type PageState } from './page.ts';
import { IDLE_PREDICTION, type TrackedPrediction } from './prediction/tracked-prediction.ts';

const page = (change: Partial<PageState>): PageState => ({ ...FIRST_VISIT, channel: 'socket', ...change });
const slow: TrackedPrediction = { ...IDLE_PREDICTION, phase: 'following', slow: true };
const slowItem: BatchItem = { ...itemAfter(0), tracked: slow };
const failed = (code: 'offline' | 'unreachable' | 'queue-full'): TrackedPrediction => ({
  ...IDLE_PREDICTION,
  phase: 'failed',
  failure: { code, retryable: true, retryAt: 9 },
});
const atBatch = { name: 'batch', id: 'new-1' } as const;
const atResult = { name: 'result', id: 'x' } as const;

describe.each<[string, Partial<PageState>]>([
  ['the drawing', { drawing: slow }],
  ['a batch', { place: atBatch, batches: [batchOf(slowItem)] }],
  ['a batch of another place', { place: { name: 'history' }, batches: [batchOf(itemAfter(1), slowItem)] }],
  ['a linked result', { place: atResult, linked: slow }],
])('while %s takes long', (_, change) => {
  it('says what is missing: a response, a socket', () => {
    expect(connectionToNote(page({ ...change, reachable: false }))).toBe('away');
    expect(connectionToNote(page({ ...change, channel: 'polling' }))).toBe('polling');
    expect(connectionToNote(page(change))).toBeNull();
  });
});

it('says that there is no network, whatever waits', () => {
  expect(connectionToNote(page({ online: false }))).toBe('offline');
});

it('says nothing while nobody waits', () => {
  expect(connectionToNote(page({ reachable: false }))).toBeNull();
  expect(connectionToNote(page({ channel: 'polling', drawing: { ...slow, phase: 'done' } }))).toBeNull();
});

it.each<[string, Partial<PageState>]>([
  ['the drawing', { drawing: failed('offline') }],
  ['a linked result', { place: atResult, linked: failed('unreachable') }],
  ['a batch', { place: atBatch, batches: [batchOf(slowItem, itemAfter(1, failedAs('offline', true, 9)))] }],
  [
    'a batch that did not come',
    { place: atBatch, batches: [{ ...batchOf(), failure: { code: 'unreachable', retryable: true } }] },
  ],
])('says nothing again that %s says', (_, change) => {
  expect(connectionToNote(page({ ...change, online: false }))).toBeNull();
});

it('says it where the place has another failure', () => {
  expect(connectionToNote(page({ drawing: failed('queue-full'), online: false }))).toBe('offline');
});
