import { type Activity, activity } from '@inkqueue/shared/contracts/activity';
import { watchActivityReply } from '@inkqueue/shared/contracts/events';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { form, postPredict, predict, submit } from './client.ts';
import { createFollower, type Follower } from './follower.ts';
import { blankPage, digitPng } from './pictures.ts';
import { createPrivateRedis, type PrivateRedis } from './private-redis.ts';
import { createStack, type Stack } from './stack.ts';
import { until } from './until.ts';

let stack: Stack;
let redis: PrivateRedis | null;
let follower: Follower | null;
beforeEach(() => {
  stack = createStack();
  redis = null;
  follower = null;
});
afterEach(async () => {
  follower?.close();
  await stack.close();
  await redis?.remove();
});

async function look(api: { url: string }): Promise<Activity> {
  const response = await fetch(`${api.url}/activity`);
  expect(response.status).toBe(200);
  return activity.parse(await response.json());
}

/** What a follower that watches has been sent, the answer first. */
async function watch({ socket }: Follower): Promise<Activity[]> {
  const told: Activity[] = [];
  socket.on('activity', (now) => void told.push(activity.parse(now)));
  const reply = watchActivityReply.parse(await socket.timeout(5_000).emitWithAck('watch-activity'));
  if (!reply.ok) throw new Error(`watching was refused: ${reply.problem.detail}`);
  told.unshift(reply.activity);
  return told;
}

const ended = ({ points }: Activity) => ({
  succeeded: points.reduce((sum, point) => sum + point.succeeded, 0),
  failed: points.reduce((sum, point) => sum + point.failed, 0),
});

test('ends are counted, and how long they took, by every api alike', async () => {
  const [api, other] = await Promise.all([stack.api(), stack.api(), stack.worker()]);
  await Promise.all(Array.from({ length: 10 }, async () => predict(api, await digitPng(3))));
  expect((await postPredict(api, form(await blankPage()))).status).toBe(422);
  for (const asked of [api, other]) {
    const now = await until('all ends are counted', async () => {
      const found = await look(asked);
      return ended(found).failed === 1 && ended(found).succeeded === 10 && found;
    });
    const busy = now.points.filter(({ succeeded }) => succeeded > 0);
    for (const { p50_ms, p95_ms } of busy) {
      expect(p50_ms).toBeGreaterThanOrEqual(0);
      expect(p95_ms).toBeGreaterThanOrEqual(p50_ms!);
      expect(p95_ms).toBeLessThan(20_000);
    }
    const starts = now.points.map(({ at }) => Date.parse(at));
    expect(starts.every((at, i) => i === 0 || at - starts[i - 1]! === 5_000)).toBe(true);
  }
});

test('what waits and what each worker has done is told to those who watch', async () => {
  const api = await stack.api();
  follower = await createFollower(api);
  const told = await watch(follower);
  expect(told[0]).toMatchObject({ workers: [], queue: { pictures: 0 } });
  const picture = await digitPng(7);
  await Promise.all(Array.from({ length: 20 }, () => submit(api, picture)));
  await until('all are seen to wait', () => told.find(({ queue }) => queue?.pictures === 20));
  await Promise.all([stack.worker(), stack.worker()]);
  const finished = ({ workers }: Activity) => workers.reduce((sum, worker) => sum + worker.finished, 0);
  const last = await until('both workers tell what they have read', () =>
    told.find((now) => now.workers.length === 2 && finished(now) === 20),
  );
  expect(last.workers.map(({ running }) => running)).toEqual([0, 0]);
  expect(Object.keys(last.workers[0]!).toSorted()).toEqual([
    'finished',
    'id',
    'model',
    'running',
    'started_at',
  ]);
  expect(ended(last)).toEqual({ succeeded: 20, failed: 0 });
});

test('who unwatches is told nothing more, and others go on', async () => {
  const api = await stack.api();
  follower = await createFollower(api);
  const other = await createFollower(api);
  const [told, othersTold] = [await watch(follower), await watch(other)];
  await until('both are told', () => told.length > 1 && othersTold.length > 1);
  follower.socket.emit('unwatch-activity');
  // Answered after the unwatch was carried out, for a connection keeps its order.
  await follower.follow('');
  const [before, othersBefore] = [told.length, othersTold.length];
  await until('the other is told twice more', () => othersTold.length > othersBefore + 1);
  expect(told).toHaveLength(before);
  other.close();
});

test('while Redis is away it is told without queue and workers, and with both once it is back', async () => {
  redis = await createPrivateRedis();
  await stack.close();
  stack = createStack(redis.url);
  const [api] = await Promise.all([stack.api(), stack.worker()]);
  await predict(api, await digitPng(2));
  follower = await createFollower(api);
  const told = await watch(follower);
  await until('the worker is seen', () => told.find(({ workers }) => workers.length === 1));
  await redis.kill();
  const away = await until('its loss is told', () => told.find(({ queue }) => queue === null));
  expect(away.workers).toEqual([]);
  expect(ended(away)).toEqual({ succeeded: 1, failed: 0 });
  await until('it is told over REST', async () => (await look(api)).queue === null);
  const { length } = told;
  await until('it goes on being told', () => told.length > length + 1);
  await redis.start();
  await until('its return is told', () => {
    const now = told.at(-1);
    return now?.queue && now.workers.length === 1;
  });
});
