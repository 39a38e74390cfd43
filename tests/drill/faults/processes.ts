import { setTimeout as delay } from 'node:timers/promises';
import type { Fault, Target } from './fault.ts';

/** A lost worker's lock lasts 5 s (worker/src/consumer.ts). */
const LOCK_MS = 5_000;

const anyWorker = ({ random, service }: Target) => random.pick(service.workers);
const anyApi = ({ random, service }: Target) => random.pick(service.apis).slot;

const allSlots = ({ service }: Target) => [...service.workers, ...service.apis.map(({ slot }) => slot)];

export const processFaults: readonly Fault[] = [
  { name: 'a worker is killed', run: (target) => anyWorker(target).kill() },
  {
    name: 'all workers are killed',
    run: async ({ service }) => void (await Promise.all(service.workers.map((slot) => slot.kill()))),
  },
  {
    name: 'everything is killed at once',
    prepare: async (target) => void (await Promise.all(allSlots(target).map((slot) => slot.untilReady()))),
    async run(target) {
      const { service, random } = target;
      const redis = service.redis.primary();
      const slots = allSlots(target);
      await Promise.all([redis.kill(), ...slots.map((slot) => slot.kill())]);
      await delay(random.between(200, 2_000));
      await redis.start();
      await Promise.all(slots.map((slot) => slot.untilReady()));
    },
  },
  { name: 'an api is killed', run: (target) => anyApi(target).kill() },
  { name: 'a worker is restarted', run: (target) => anyWorker(target).restart() },
  { name: 'an api is restarted', run: (target) => anyApi(target).restart() },
  {
    name: 'a worker is frozen for longer than its lock',
    async run(target) {
      const worker = anyWorker(target);
      worker.signal('SIGSTOP');
      await delay(target.random.between(LOCK_MS + 1_500, LOCK_MS + 4_000));
      worker.signal('SIGCONT');
    },
  },
  {
    name: 'an api is frozen',
    async run(target) {
      const api = anyApi(target);
      api.signal('SIGSTOP');
      await delay(target.random.between(500, 8_000));
      api.signal('SIGCONT');
    },
  },
  {
    name: 'a worker’s clock is two hours off',
    async run(target) {
      const worker = anyWorker(target);
      const ms = target.random.pick([-7_200_000, 7_200_000]);
      const shift = `data:text/javascript,const now = Date.now; Date.now = () => now() + ${ms};`;
      await worker.restart({ NODE_OPTIONS: `--import "${shift}"` });
      await delay(target.random.between(2_000, 4_000));
      await worker.restart();
    },
  },
];
