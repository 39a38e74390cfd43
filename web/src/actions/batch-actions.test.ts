import { beforeEach, describe, expect, it, vi } from 'vitest';
import { RequestFailure } from '../api/request-failure.ts';
import { type BatchRecord, toRecord } from '../state/batch/record.ts';
import { FIRST_VISIT, nextPage } from '../state/page.ts';
import type { TrackingEvent } from '../state/prediction/tracked-prediction.ts';
import { createStore } from '../state/store.ts';
import { acceptedAt, BATCH_ID, batchOf, failedAs, itemAfter } from '../testing/batches.ts';
import { failedWith, succeeded } from '../testing/predictions.ts';
import { createBatchActions } from './batch-actions.ts';

const OTHER_ID = '01938f5e-7b3a-7cc0-8000-00000000cafe';

beforeEach(() => {
  vi.stubGlobal('URL', { ...URL, createObjectURL: () => 'blob:', revokeObjectURL: () => {} });
  return () => vi.unstubAllGlobals();
});

function setUp(kept: BatchRecord | null = null) {
  const store = createStore(FIRST_VISIT, nextPage);
  const tracker = {
    resume: vi.fn(),
    start: vi.fn(),
    cancel: vi.fn(),
    drop: vi.fn(),
    retry: vi.fn(),
    retryAll: vi.fn(),
  };
  const page = vi.fn(async (id: string) => ({
    id,
    total: 2,
    created_at: '2026-01-01T00:00:00.000Z',
    predictions: [{ filename: 'a.png', prediction: null }],
  }));
  const retry = vi.fn();
  const sendFeedback = vi.fn(async () => {});
  const go = vi.fn();
  const client = { page, retry } as never;
  const actions = createBatchActions({ store, tracker, client, find: () => kept, sendFeedback, go });
  const batch = () => store.state().batches[0]!;
  return { store, tracker, page, retry, sendFeedback, go, actions, batch };
}

describe('files', () => {
  it('get a place at once, then they are sent', () => {
    const { actions, go, tracker, batch } = setUp();
    actions.add(Array.from({ length: 1003 }, (_, index) => new File(['x'], `${index}.png`)));
    expect(batch()).toMatchObject({ leftOut: 3, failure: null });
    expect(batch().items).toHaveLength(1000);
    expect(go).toHaveBeenCalledExactlyOnceWith({ name: 'batch', id: batch().key });
    expect(tracker.start.mock.calls[0]![0]).toHaveLength(1000);
    expect(go.mock.invocationCallOrder[0]).toBeLessThan(tracker.start.mock.invocationCallOrder[0]!);
    actions.visit(batch().key);
    expect(tracker.resume).not.toHaveBeenCalled();
  });
});

describe('a visit', () => {
  it('follows what this browser has kept, without asking for it', () => {
    const kept = toRecord(batchOf(itemAfter(0, acceptedAt(4)), itemAfter(1)));
    const { actions, tracker, page, batch } = setUp(kept);
    actions.visit(BATCH_ID);
    expect(page).not.toHaveBeenCalled();
    expect(batch().items).toHaveLength(2);
    expect(tracker.resume.mock.calls[0]![0]).toEqual({
      id: BATCH_ID,
      total: 9,
      images: [{ key: 'new-1/0', index: 4 }],
    });
  });

  it('asks the service for the rest: all batches that the address names are one place', async () => {
    const { actions, tracker, batch } = setUp();
    actions.visit(`${BATCH_ID},${OTHER_ID}`);
    expect(batch().items).toEqual([]);
    await vi.waitFor(() => expect(batch().items).toHaveLength(4));
    expect(batch().items.map(({ name }) => name)).toEqual(['a.png', '', 'a.png', '']);
    expect(tracker.resume.mock.calls.map(([{ id, total }]) => [id, total])).toEqual([
      [BATCH_ID, 2],
      [OTHER_ID, 2],
    ]);
  });

  it.each(['new-gone', `${BATCH_ID},x`])('says that there is nothing at %s', async (address) => {
    const { actions, page, batch } = setUp();
    actions.visit(address);
    await vi.waitFor(() => expect(batch().failure?.code).toBe('batch-not-found'));
    expect(page).not.toHaveBeenCalled();
  });

  it('of an address that could not be loaded asks again', async () => {
    const { actions, page, batch } = setUp();
    page.mockRejectedValueOnce(new RequestFailure({ code: 'batch-not-found', retryable: false }));
    actions.visit(BATCH_ID);
    actions.visit(BATCH_ID);
    await vi.waitFor(() => expect(batch().failure?.code).toBe('batch-not-found'));
    expect(page).toHaveBeenCalledOnce();
    actions.visit(BATCH_ID);
    await vi.waitFor(() => expect(batch().items).toHaveLength(2));
    expect(batch().failure).toBeNull();
  });

  it('is tried again when the service can be reached', async () => {
    const { actions, page, batch } = setUp();
    page.mockRejectedValueOnce(new RequestFailure({ code: 'unreachable', retryable: true }));
    actions.visit(BATCH_ID);
    await vi.waitFor(() => expect(batch().failure?.code).toBe('unreachable'));
    actions.retryUnreached();
    await vi.waitFor(() => expect(batch().items).toHaveLength(2));
    expect(batch().failure).toBeNull();
  });
});

describe('trying again', () => {
  const lost = { type: 'state', prediction: failedWith('worker-lost') } as const;
  const kept = toRecord(batchOf(itemAfter(0, acceptedAt(0)), itemAfter(1, acceptedAt(1))));
  function setUpFailed() {
    const all = setUp(kept);
    all.actions.visit('new-1');
    const items = [itemAfter(0, acceptedAt(0), lost), itemAfter(1, acceptedAt(1), failedAs('no-ink'))];
    all.store.dispatch({ type: 'batches', event: { type: 'opened', batch: batchOf(...items) } });
    all.tracker.resume.mockClear();
    return all;
  }

  it('has the service read again what failed by its fault, and follows that', async () => {
    const { actions, retry, tracker } = setUpFailed();
    actions.retryFailed('new-1');
    await vi.waitFor(() => expect(tracker.resume).toHaveBeenCalledOnce());
    expect(retry).toHaveBeenCalledExactlyOnceWith(BATCH_ID, expect.anything());
    expect(tracker.resume.mock.calls[0]![0].images).toEqual([{ key: 'new-1/0', index: 0 }]);
  });

  it('says why the service does not', async () => {
    const { actions, retry, batch, tracker } = setUpFailed();
    retry.mockRejectedValue(new RequestFailure({ code: 'picture-gone', retryable: false }));
    actions.retryFailed('new-1');
    await vi.waitFor(() => expect(batch().failure?.code).toBe('picture-gone'));
    expect(tracker.resume).not.toHaveBeenCalled();
  });

  it('sends what the service never accepted', () => {
    const { store, actions, tracker, batch } = setUp();
    const files = ['a', 'b'].map((name) => new File(['x'], name));
    actions.add(files);
    const items = batch().items.map((item, index) => ({
      ...item,
      tracked: itemAfter(index, index === 0 ? failedAs('canceled', true) : failedAs('too-large')).tracked,
    }));
    store.dispatch({ type: 'batches', event: { type: 'opened', batch: { ...batch(), items } } });
    actions.retryFailed(batch().key);
    expect(tracker.start.mock.calls.at(-1)![0]).toEqual([{ key: items[0]!.key, file: files[0] }]);
  });
});

describe('what a person sets', () => {
  const path = '/predictions/x/feedback';
  function setUpRead(feedback: string | null) {
    const all = setUp();
    const prediction = { ...succeeded(3), links: { self: '', feedback } };
    const item = itemAfter(0, acceptedAt(0), { type: 'state', prediction } as never);
    all.store.dispatch({ type: 'batches', event: { type: 'opened', batch: batchOf(item) } });
    return all;
  }

  it.each([
    ['42', '42'],
    ['', null],
  ])('goes to the service where it asks for feedback: %j', async (text, sent) => {
    const { actions, sendFeedback, batch } = setUpRead(path);
    actions.setByHand('new-1/0', text);
    expect(batch().items[0]!.byHand).toBe(text);
    expect(sendFeedback).toHaveBeenCalledExactlyOnceWith(path, { text: sent });
    await vi.waitFor(() => expect(batch().items[0]!.fedBack).toBe(text));
  });

  it('stays in this browser where the service does not, or refuses it', async () => {
    const silent = setUpRead(null);
    silent.actions.setByHand('new-1/0', '4');
    expect(silent.sendFeedback).not.toHaveBeenCalled();
    const refusing = setUpRead(path);
    refusing.sendFeedback.mockRejectedValue(new RequestFailure({ code: 'feedback-full', retryable: true }));
    refusing.actions.setByHand('new-1/0', '4');
    await vi.waitFor(() => expect(refusing.sendFeedback).toHaveBeenCalledOnce());
    expect(refusing.batch().items[0]).toMatchObject({ byHand: '4', fedBack: null });
    refusing.actions.setByHand('new-1/0', null);
    expect(refusing.sendFeedback).toHaveBeenCalledOnce();
  });
});

describe('the page forgets', () => {
  const add = (all: ReturnType<typeof setUp>, name: string) => {
    all.actions.add([new File(['x'], name)]);
    return all.batch().key;
  };

  it('a batch with its files, and sends no more of it', () => {
    const all = setUp();
    const key = add(all, 'a');
    all.actions.close(key);
    expect(all.store.state().batches).toEqual([]);
    expect(all.tracker.drop).toHaveBeenCalledExactlyOnceWith([`${key}/0`]);
  });

  it('a batch that has not come yet', async () => {
    const { actions, store } = setUp();
    actions.visit(BATCH_ID);
    actions.close(BATCH_ID);
    await new Promise((resolve) => setTimeout(resolve));
    expect(store.state().batches).toEqual([]);
  });

  it('the oldest of many, but none that is under way', () => {
    const all = setUp();
    const keys = Array.from({ length: 10 }, (_, index) => add(all, `${index}`));
    const happen = (event: TrackingEvent) =>
      all.store.dispatch({
        type: 'batches',
        event: { type: 'predictions', events: new Map([[`${keys[1]}/0`, event]]) },
      });
    happen({ type: 'waiting', token: 1 });
    happen({ type: 'failed', token: 1, failure: { code: 'no-ink', retryable: false, retryAt: null } });
    const newest = [add(all, 'x'), add(all, 'y')];
    const left = all.store.state().batches.map(({ key }) => key);
    expect(left).toEqual([...newest.toReversed(), ...keys.filter((key) => key !== keys[1]).toReversed()]);
  });
});
