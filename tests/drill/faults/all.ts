import { UserError } from '@inkqueue/shared/node/user-error';
import { diskFault } from './disk.ts';
import { failoverFaults } from './failover.ts';
import type { Fault } from './fault.ts';
import { memoryFaults } from './memory.ts';
import { powerCut } from './power-cut.ts';
import { processFaults } from './processes.ts';
import { redisFaults } from './redis.ts';

/**
 * The faults that this machine can simulate.
 *
 * @param options.only a part of their names
 * @returns `leftOut` in words, where there is something
 * @throws UserError when no name contains `only`
 */
export function chooseFaults(options: { only: string; poison: Fault }): {
  faults: readonly Fault[];
  leftOut: readonly string[];
} {
  const disk = diskFault();
  const all = [
    ...processFaults,
    ...redisFaults,
    ...failoverFaults,
    ...memoryFaults,
    powerCut,
    options.poison,
  ];
  if (disk) all.push(disk);
  const faults = all.filter(({ name }) => name.includes(options.only));
  if (faults.length === 0)
    throw new UserError(
      `no fault has “${options.only}” in its name; there are:\n${all.map(({ name }) => name).join('\n')}`,
    );
  return {
    faults,
    leftOut: disk ? [] : ['Left out: a full disk, which takes root on Linux, and the right to mount one'],
  };
}
