import { setTimeout as delay } from 'node:timers/promises';
import type { Fault, Target } from './fault.ts';

const away = (random: Target['random']) => delay(random.between(200, 3_000));

/** Redis goes away or hangs, and keeps all that it had. */
export const redisFaults: readonly Fault[] = [
  {
    name: 'Redis is killed, and starts again on its log',
    async run({ service, random }) {
      const primary = service.redis.primary();
      await primary.kill();
      await away(random);
      await primary.start();
    },
  },
  {
    name: 'Redis is stopped and started',
    async run({ service, random }) {
      const primary = service.redis.primary();
      await primary.stop();
      await away(random);
      await primary.start();
    },
  },
  {
    name: 'Redis is frozen',
    async run({ service, random }) {
      const primary = service.redis.primary();
      primary.freeze();
      await delay(random.between(500, 8_000));
      primary.thaw();
    },
  },
];
