import { afterEach, describe, expect, test, vi } from 'vitest';
import { createIds } from '../queue/ids.ts';
import {
  ACTIVITY,
  activityNow,
  batch,
  batches,
  become,
  client,
  FAILED,
  giveAtOnce,
  ids,
  isOpen,
  issue,
  pending,
  prediction,
  predictionBecomes,
  predictions,
  RUNNING,
  refreshes,
  untilPending,
  untilSockets,
} from './live.fixture.ts';

afterEach(() => {
  vi.useRealTimers();
});

test('states that overtake the snapshot are in it, and are not sent again', async () => {
  const id = issue();
  const { subscribe, events } = await client();
  const reply = subscribe(prediction(id));
  await untilPending(1);
  predictionBecomes(id, RUNNING);
  pending[0]!.give();
  expect(await reply).toMatchObject({ ok: true, snapshot: { id, status: 'running' } });
  predictionBecomes(id, FAILED);
  await expect.poll(() => events).toEqual(['failed']);
  expect(predictions.size).toBe(0);
});

test('subscribers at the same time share one snapshot', async () => {
  const id = issue();
  const both = await Promise.all([client(), client()]);
  const replies = both.map(({ subscribe }) => subscribe(prediction(id)));
  await untilPending(1);
  pending[0]!.give();
  for (const reply of await Promise.all(replies)) expect(reply).toMatchObject({ ok: true });
  predictionBecomes(id, RUNNING);
  for (const { events } of both) await expect.poll(() => events).toEqual(['running']);
  expect(pending).toHaveLength(1);
});

test('a client that leaves before the snapshot takes nothing from another that waits for it', async () => {
  const id = issue();
  const [leaver, stayer] = [await client(), await client()];
  leaver.subscribe(prediction(id)).catch(() => {});
  await untilPending(1);
  const reply = stayer.subscribe(prediction(id));
  leaver.socket.close();
  await untilSockets(1);
  pending[0]!.give();
  expect(await reply).toMatchObject({ ok: true });
  predictionBecomes(id, RUNNING);
  predictionBecomes(id, FAILED);
  await expect.poll(() => stayer.events).toEqual(['running', 'failed']);
});

test('a snapshot that fails is refused, and asked for again the next time', async () => {
  const id = issue();
  const { subscribe } = await client();
  const refused = subscribe(prediction(id));
  await untilPending(1);
  pending[0]!.refuse(new Error('Command timed out'));
  expect(await refused).toMatchObject({ ok: false, problem: { code: 'redis-unavailable' } });
  const reply = subscribe(prediction(id));
  await untilPending(2);
  pending[1]!.give();
  expect(await reply).toMatchObject({ ok: true });
});

test('one connection holds 2,000 subscriptions and no more; one that has ended does not count', async () => {
  giveAtOnce();
  const { subscribe } = await client();
  const wanted = Array.from({ length: 2_100 }, issue);
  const replies = await Promise.all(wanted.map((id) => subscribe(prediction(id))));
  expect(replies.filter(({ ok }) => ok)).toHaveLength(2_000);
  expect(await subscribe(prediction(issue()))).toMatchObject({
    ok: false,
    problem: { code: 'invalid-request' },
  });
  predictionBecomes(wanted[0]!, FAILED);
  expect(await subscribe(prediction(issue()))).toMatchObject({ ok: true });
});

test('an id that was never issued is refused', async () => {
  const { subscribe } = await client();
  const foreign = createIds(Buffer.alloc(32, 8)).at({ jobId: ids.newJob(), index: 0 });
  expect(await subscribe(prediction(foreign))).toMatchObject({
    ok: false,
    problem: { code: 'prediction-not-found' },
  });
  expect(pending).toEqual([]);
});

test('after unsubscribe nothing comes, and another subscriber of the same goes on', async () => {
  giveAtOnce();
  const id = issue();
  const [leaver, stayer] = [await client(), await client()];
  await leaver.subscribe(prediction(id));
  await stayer.subscribe(prediction(id));
  leaver.socket.emit('unsubscribe', prediction(id));
  // The connection keeps its order: the api replies after it carried out the unsubscribe.
  await leaver.subscribe(prediction(issue()));
  predictionBecomes(id, RUNNING);
  await expect.poll(() => stayer.events).toEqual(['running']);
  expect(leaver.events).toEqual([]);
});

test('a client that unsubscribes before the snapshot gets it, and nothing after it', async () => {
  const id = issue();
  const { socket, subscribe, events } = await client();
  const reply = subscribe(prediction(id));
  await untilPending(1);
  socket.emit('unsubscribe', prediction(id));
  giveAtOnce();
  await subscribe(prediction(issue()));
  pending[0]!.give();
  expect((await reply).ok).toBe(true);
  await expect.poll(() => predictions.has(id)).toBe(false);
  expect(events).toEqual([]);
});

describe('a batch', () => {
  test('has its progress sent, then its end', async () => {
    giveAtOnce();
    const id = ids.newBatch();
    const { subscribe, progress } = await client();
    expect(await subscribe(batch(id))).toMatchObject({ ok: true, snapshot: { id, counts: { queued: 2 } } });
    become(batches.get(id), 2);
    await expect.poll(() => progress).toMatchObject([{ id, finished: true, counts: { succeeded: 2 } }]);
    await expect.poll(() => isOpen(`batch:${id}`)).toBe(false);
    expect(batches.size).toBe(0);
  });

  test('that is finished is not subscribed to', async () => {
    const id = ids.newBatch();
    const { subscribe } = await client();
    const reply = subscribe(batch(id));
    await untilPending(1);
    batches.get(id)!.now = 2;
    pending[0]!.give();
    expect(await reply).toMatchObject({ ok: true, snapshot: { finished: true } });
    expect([isOpen(`batch:${id}`), batches.size]).toEqual([false, 0]);
  });

  test('whose end is not sent yet is sent to earlier subscribers, though another gets it as snapshot', async () => {
    giveAtOnce();
    const id = ids.newBatch();
    const [first, second] = [await client(), await client()];
    await first.subscribe(batch(id));
    // The second one asks while the end is on its way: the clock of the updates stands still.
    vi.useFakeTimers({ toFake: ['setImmediate', 'clearImmediate', 'setTimeout', 'clearTimeout'] });
    become(batches.get(id), 2);
    expect(await second.subscribe(batch(id))).toMatchObject({ snapshot: { finished: true } });
    vi.advanceTimersByTime(0);
    vi.useRealTimers();
    await expect.poll(() => first.progress).toMatchObject([{ finished: true }]);
    expect(second.progress).toEqual([]);
  });

  test('whose subscribers leave before its snapshot leaves nothing behind', async () => {
    const id = ids.newBatch();
    const leaver = await client();
    leaver.subscribe(batch(id)).catch(() => {});
    await untilPending(1);
    leaver.socket.close();
    await untilSockets(0);
    pending[0]!.give();
    await expect.poll(() => batches.size).toBe(0);
    const last = await client();
    void last.subscribe(batch(id)).catch(() => {});
    await untilPending(2);
  });
});

describe('activity', () => {
  test('goes to all subscribers once a second, refreshed once for all', async () => {
    giveAtOnce();
    const [one, two] = [await client(), await client()];
    expect(await one.subscribe(ACTIVITY)).toEqual({ ok: true, snapshot: activityNow });
    expect(await two.subscribe(ACTIVITY)).toEqual({ ok: true, snapshot: activityNow });
    await expect.poll(() => [one.activity.length, two.activity.length], { timeout: 5_000 }).toEqual([2, 2]);
    expect(refreshes).toBe(2);
  });

  test('is not refreshed before the first subscriber, nor after the last', async () => {
    giveAtOnce();
    const [one, two] = [await client(), await client()];
    await one.subscribe(ACTIVITY);
    await two.subscribe(ACTIVITY);
    one.socket.emit('unsubscribe', ACTIVITY);
    two.socket.close();
    await expect.poll(() => isOpen('activity:')).toBe(false);
    const before = refreshes;
    const third = await client();
    await third.subscribe(ACTIVITY);
    // One timer runs: a timer of the others would have refreshed as well.
    await expect.poll(() => third.activity.length, { timeout: 5_000 }).toBe(2);
    expect(refreshes - before).toBe(2);
    expect(one.activity.length).toBeLessThanOrEqual(1);
  });
});

test.each([
  null,
  'id',
  {},
  { topic: 'prediction' },
  { topic: 'prediction', id: 7 },
  { topic: 'prediction', id: 'x' },
  { topic: 'batch', id: 'x' },
  { topic: 'other', id: '0193a1b2-c3d4-7e5f-8a6b-0c1d2e3f4a5b' },
])('subscribe refuses %j', async (subscription) => {
  const { request } = await client();
  expect(await request(subscription)).toMatchObject({ ok: false, problem: { code: 'invalid-request' } });
});

test('a subscribe without a callback is ignored', async () => {
  giveAtOnce();
  const { socket, subscribe } = await client();
  socket.emit('subscribe', prediction(issue()));
  socket.emit('subscribe', prediction(issue()), 'x');
  socket.emit('unsubscribe', null);
  expect(await subscribe(prediction(issue()))).toMatchObject({ ok: true });
  expect(predictions.size).toBe(1);
});
