import { describeMachine } from '@inkqueue/scripts/machine';
import type { Options } from './options.ts';

/** The machine, the versions and the run, one line each. */
export function describeSetting(options: Options & { apis: number }): string[] {
  const { apis, workers, clients, seed } = options;
  const { cores, load, revision, redis, time } = describeMachine();
  return [
    `${time}, revision ${revision}, seed ${seed}`,
    `${cores}; load average before the start ${load}`,
    `Node.js ${process.versions.node}, ${redis}`,
    `${apis} apis, ${workers} workers, ${clients} clients, all on this machine`,
  ];
}
