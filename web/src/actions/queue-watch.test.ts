import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createJsonRequest } from '../api/request.ts';
import { FIRST_LOOK, nextQueuePlace } from '../state/queue-place.ts';
import { createStore } from '../state/store.ts';
import { activityOf } from '../testing/activity.ts';
import { createQueueWatch } from './queue-watch.ts';

const day = activityOf([{ succeeded: 2 }], { point_seconds: 900 });
const seen = { workers: [], failures: [], audit: [] };

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** A watch before a service that responds by path; each request is noted. */
function setUp(responses: Record<string, () => Response | Promise<Response>>) {
  const requested: string[] = [];
  const request = createJsonRequest(async (path, init) => {
    requested.push(`${init?.method ?? 'GET'} ${path}`);
    const respond = responses[String(path)];
    if (!respond) throw new TypeError('no such path');
    return respond();
  });
  const store = createStore(FIRST_LOOK, nextQueuePlace);
  const watch = createQueueWatch({ request, subscribe: () => () => {}, emit: store.dispatch });
  return { requested, store, watch };
}

const settle = () => vi.advanceTimersByTimeAsync(0);

it('asks for a longer span at once and every ten seconds, while somebody sees it', async () => {
  const { requested, store, watch } = setUp({ '../activity?span=day': () => Response.json(day) });
  watch.choose('day');
  await settle();
  expect(store.state().longer).toEqual(day);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(requested).toHaveLength(2);
  watch.setVisible(false);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(requested).toHaveLength(2);
  watch.setVisible(true);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(requested).toHaveLength(3);
  watch.choose('minutes');
  await vi.advanceTimersByTimeAsync(60_000);
  expect(requested).toHaveLength(3);
});

it('asks the console nothing before somebody signs in', async () => {
  const { requested, store, watch } = setUp({ '../console/state': () => Response.json(seen) });
  watch.start();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(requested).toEqual([]);
  void watch.enter();
  await settle();
  expect(store.state().operator).toMatchObject({ phase: 'in', seen });
  await vi.advanceTimersByTimeAsync(4_000);
  expect(requested).toHaveLength(3);
  watch.stop();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(requested).toHaveLength(3);
});

it('says that the password was wrong, and asks no more', async () => {
  const { requested, store, watch } = setUp({
    '../console/state': () => new Response('The console asks for the password.', { status: 401 }),
  });
  void watch.enter();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(store.state().operator).toMatchObject({ phase: 'out', failure: 'wrong-password' });
  expect(requested).toHaveLength(1);
});

it('does what can be taken back at once, and asks twice for the rest', async () => {
  const { requested, store, watch } = setUp({
    '../console/state': () => Response.json(seen),
    '../console/actions/pause': () => Response.json({ action: 'pause', count: null }),
    '../console/actions/purge': () => Response.json({ action: 'purge', count: 3 }),
  });
  await watch.ask('pause');
  expect(store.state().operator.done).toEqual({ action: 'pause', count: null });
  await watch.ask('purge');
  expect(store.state().operator).toMatchObject({ asked: 'purge', done: null });
  watch.takeBack();
  expect(requested.filter((each) => each.includes('purge'))).toEqual([]);
  await watch.ask('purge');
  await watch.confirm('purge');
  expect(store.state().operator).toMatchObject({ asked: null, done: { action: 'purge', count: 3 } });
  expect(requested.filter((each) => each.includes('purge'))).toEqual(['POST ../console/actions/purge']);
});

it('says why an action failed', async () => {
  vi.stubGlobal('navigator', { onLine: true });
  const { store, watch } = setUp({});
  await watch.ask('pause');
  expect(store.state().operator).toMatchObject({ acting: null, failure: 'unreachable' });
});
