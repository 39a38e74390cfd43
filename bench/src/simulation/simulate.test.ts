import { expect, test } from 'vitest';
import { boundsOf, narrowest, splitsOf } from './bounds.ts';
import { findCapacity, P99_MAX_MS, redisBoundFrom } from './capacity.ts';
import type { ImageCosts, SharedCosts } from './costs.ts';
import { simulate } from './simulate.ts';

const free = { perJobUs: 0, perPictureUs: 0 };
const shared: SharedCosts = { wakingUs: 0, reader: { redis: free, api: free } };
const costs: ImageCosts = {
  api: { perJobUs: 400, perPictureUs: 100 },
  worker: { perJobUs: 400, perPictureUs: 200 },
  redis: { perJobUs: 200, perPictureUs: 10 },
  client: { perJobUs: 0, perPictureUs: 20 },
  measured: [],
};
const service = { cores: 16, processes: { apis: 5, workers: 8 }, costs, shared };

test('what comes is read, and each process is busy for as long as its share of the work takes', () => {
  const { picturesPerSecond, picturesPerJob, busy } = simulate({
    ...service,
    clients: { picturesPerSecond: 2_000 },
    seconds: 20,
  });
  expect(picturesPerSecond / 2_000).toBeCloseTo(1, 1);
  const expected = ({ perJobUs, perPictureUs }: ImageCosts['api'], processes: number) =>
    (2_000 * (perJobUs / picturesPerJob + perPictureUs)) / 1e6 / processes;
  expect(busy.api / expected(costs.api, 5)).toBeCloseTo(1, 1);
  expect(busy.redis / expected(costs.redis, 1)).toBeCloseTo(1, 1);
  expect(busy.worker / expected(costs.worker, 8)).toBeCloseTo(1, 1);
});

test('a single picture takes as long as all its parts, and has a job of its own', () => {
  const { p50, picturesPerJob } = simulate({ ...service, clients: { connections: 1 }, seconds: 1 });
  expect(picturesPerJob).toBe(1);
  expect(p50).toBeCloseTo((500 + 600 + 210) / 1000, 2);
});

test('a job that finds an idle worker wakes it through Redis', () => {
  const { p50 } = simulate({
    ...service,
    shared: { ...shared, wakingUs: 90 },
    clients: { connections: 1 },
    seconds: 1,
  });
  expect(p50).toBeCloseTo((500 + 600 + 210 + 90) / 1000, 2);
});

test('more requests in flight fill the jobs, and none passes the bound of the slowest part', () => {
  const many = simulate({ ...service, clients: { connections: 1_000 }, seconds: 2 });
  const { part, picturesPerSecond } = narrowest(boundsOf(service));
  expect(many.picturesPerJob).toBeGreaterThan(20);
  expect(part).toBe('worker');
  expect(many.picturesPerSecond).toBeLessThanOrEqual(1.01 * picturesPerSecond);
  expect(many.picturesPerSecond).toBeGreaterThan(0.9 * picturesPerSecond);
});

test('every api reads the events of all jobs: each further one costs Redis and the others', () => {
  const reader = { redis: { perJobUs: 20, perPictureUs: 2 }, api: { perJobUs: 50, perPictureUs: 5 } };
  const read = {
    ...service,
    shared: { ...shared, reader },
    clients: { picturesPerSecond: 2_000 },
    seconds: 5,
  };
  const more = simulate(read).busy;
  const less = simulate({ ...read, shared }).busy;
  expect(more.redis).toBeGreaterThan(1.3 * less.redis);
  expect(more.api).toBeGreaterThan(less.api);
});

test('the same seed gives the same figures', () => {
  const run = (seed: number) =>
    simulate({ ...service, clients: { picturesPerSecond: 3_000 }, seconds: 1, seed });
  expect(run(5)).toEqual(run(5));
  expect(run(5)).not.toEqual(run(6));
});

test('two cores are shared by all processes, and no busier than they can be', () => {
  const { busy } = simulate({
    cores: 2,
    processes: { apis: 1, workers: 2 },
    clients: { connections: 128 },
    isClientHere: true,
    costs,
    shared,
    seconds: 2,
  });
  const used = busy.api + busy.redis + 2 * busy.worker;
  expect(used).toBeLessThan(2);
  expect(used).toBeGreaterThan(1.5);
});

test('the capacity of cores is the highest rate with quick results', () => {
  const { processes, at, first } = findCapacity({ cores: 16, costs, shared });
  expect(processes.apis + processes.workers).toBe(15);
  expect(at.p99).toBeLessThanOrEqual(P99_MAX_MS);
  const bounds = boundsOf({ cores: 16, processes, costs, shared });
  expect(at.picturesPerSecond).toBeGreaterThan(0.8 * bounds[first]);
});

test('the best split shares the cores by what the processes cost', () => {
  const [best] = splitsOf({ cores: 13, costs, shared });
  expect(best).toEqual({ apis: 4, workers: 8 });
});

test('one Redis is the bound once the cores are worth more than it', () => {
  const from = redisBoundFrom({ costs, shared }, 1_000)!;
  const partAt = (cores: number) => {
    const [processes] = splitsOf({ cores, costs, shared });
    return narrowest(boundsOf({ cores, processes: processes!, costs, shared })).part;
  };
  expect(partAt(from)).toBe('redis');
  expect(partAt(from - 1)).not.toBe('redis');
  expect(redisBoundFrom({ costs, shared }, 8)).toBeNull();
});
