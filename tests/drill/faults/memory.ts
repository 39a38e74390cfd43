import { setTimeout as delay } from 'node:timers/promises';
import type { Fault } from './fault.ts';

const RESTS_MS = 5_000;

/** What Redis may hold is less than what it holds, or nothing of it is left. */
export const memoryFaults: readonly Fault[] = [
  {
    name: 'Redis is full',
    async run({ service, ledger, random }) {
      const from = performance.now();
      await service.redis.ask(async (client) => {
        const used = Number(/^used_memory:(\d+)/m.exec(await client.info('memory'))?.[1]);
        await client.config('SET', 'maxmemory', String(Math.floor(used * 0.9)));
        await delay(random.between(1_000, 5_000));
        await client.config('SET', 'maxmemory', '0');
      });
      // An api that is dropping results finishes its round.
      ledger.spans.full.push({ from, to: performance.now() + RESTS_MS });
    },
  },
  {
    name: 'Redis is emptied',
    // Afterwards nothing tells how what it held had ended.
    prepare: ({ audit }) => audit(),
    async run({ service, ledger }) {
      const from = performance.now();
      const span = { from, to: Number.POSITIVE_INFINITY };
      ledger.spans.emptied.push(span);
      await service.redis.ask((client) => client.flushall());
      span.to = performance.now();
    },
  },
];
