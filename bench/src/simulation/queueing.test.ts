import { expect, test } from 'vitest';
import { createRandom } from '../random.ts';
import { createClock } from './clock.ts';
import { createCores } from './cores.ts';
import { createProcess } from './process.ts';

// What the simulation is made of, against results that are known in closed form.

const SERVICE_US = 100;
const CUSTOMERS = 200_000;

/** Mean wait, in microseconds, of customers who come independently of each other and keep `share` of the servers busy. */
function meanWait(options: {
  servers: number;
  share: number;
  /** @returns how long the customer is served */
  serve: (done: () => void) => number;
  clock: ReturnType<typeof createClock>;
}) {
  const { servers, share, serve, clock } = options;
  const random = createRandom(7);
  const between = SERVICE_US / (servers * share);
  let total = 0;
  let served = 0;
  let ended = 0;
  for (let at = 0, i = 0; i < CUSTOMERS; i++, at += random.exponential(between)) {
    clock.after(at, () => {
      const came = clock.now();
      served += serve(() => {
        total += clock.now() - came;
        ended++;
      });
    });
  }
  clock.runUntil(CUSTOMERS * between * 1.2);
  expect(ended).toBe(CUSTOMERS);
  return (total - served) / ended;
}

/** Serves each customer for as long as every other. */
const equally = (run: (us: number, done: () => void) => void) => (done: () => void) => {
  run(SERVICE_US, done);
  return SERVICE_US;
};

/** How far a value is from the expected one, as a share of that. */
const error = (value: number, expected: number) => Math.abs(value / expected - 1);

test.each([0.3, 0.6, 0.8])(
  'one process of equal tasks that is busy for %f of the time waits as M/D/1',
  (share) => {
    const clock = createClock();
    const process = createProcess(createCores(clock, 1));
    const wait = meanWait({ servers: 1, share, clock, serve: equally((us, done) => process.do(us, done)) });
    expect(error(wait, (share * SERVICE_US) / (2 * (1 - share)))).toBeLessThan(0.05);
  },
);

/** Erlang's C: the share of customers who wait for one of c servers, of which `offered` are busy on average. */
function erlangC(c: number, offered: number): number {
  let blocked = 1;
  for (let n = 1; n <= c; n++) blocked = (offered * blocked) / (n + offered * blocked);
  return blocked / (1 - (offered / c) * (1 - blocked));
}

test.each([
  [1, 0.7],
  [2, 0.7],
  [4, 0.7],
])('work of random length on %i cores that are busy for %f of the time waits as M/M/c', (c, share) => {
  const clock = createClock();
  // Nothing gives way: a slice is longer than any work.
  const cores = createCores(clock, c, Number.POSITIVE_INFINITY);
  const random = createRandom(3);
  const wait = meanWait({
    servers: c,
    share,
    clock,
    serve(done) {
      const us = random.exponential(SERVICE_US);
      cores.run(us, done);
      return us;
    },
  });
  const expected = (erlangC(c, c * share) * SERVICE_US) / (c * (1 - share));
  expect(error(wait, expected)).toBeLessThan(0.05);
});

test('cores are busy for as long as all work takes (the utilisation law), also where long work gives way', () => {
  const clock = createClock();
  const cores = createCores(clock, 2, 10);
  meanWait({ servers: 2, share: 0.5, clock, serve: equally(cores.run) });
  expect(cores.busyUs()).toBeCloseTo(CUSTOMERS * SERVICE_US, 0);
});

test('a turn ends once all that waited at its beginning is done', () => {
  const clock = createClock();
  const happened: string[] = [];
  const process = createProcess(createCores(clock, 1), { onTurn: () => happened.push('turn') });
  process.do(10, () => {
    happened.push('a');
    process.do(10, () => happened.push('c'));
  });
  process.do(10, () => happened.push('b'));
  clock.runUntil(100);
  expect(happened).toEqual(['a', 'turn', 'b', 'c', 'turn']);
});
