import { setTimeout as delay } from 'node:timers/promises';
import type { PrivateRedis } from '@inkqueue/scripts/private-redis';
import type { Fault, Target } from './fault.ts';

/** How far behind a replica is that takes over from a primary that died. */
const BEHIND_MS = { least: 50, most: 800 };

let replica: PrivateRedis;

const startReplica = async ({ service }: Target) => {
  replica = await service.redis.startReplica();
};

/** Another Redis takes the place of the first, behind one address. */
export const failoverFaults: readonly Fault[] = [
  {
    name: 'Redis hands over to a replica behind one address',
    prepare: startReplica,
    async run({ service, random }) {
      await service.redis.handOver(replica);
      // The former primary responds all the while: its clients must leave by themselves.
      return async () => {
        await delay(random.between(200, 3_000));
        await service.redis.removeFormer();
      };
    },
  },
  {
    name: 'Redis dies, and a replica that is behind takes over',
    prepare: startReplica,
    async run({ service, ledger, random }) {
      const { redis } = service;
      const span = { from: performance.now(), to: Number.POSITIVE_INFINITY };
      ledger.spans.cut.push(span);
      replica.freeze();
      await delay(random.between(BEHIND_MS.least, BEHIND_MS.most));
      await redis.primary().kill();
      replica.thaw();
      await redis.promote(replica);
      span.to = performance.now();
      return redis.removeFormer;
    },
  },
];
