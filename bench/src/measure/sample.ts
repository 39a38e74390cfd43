import { availableParallelism } from 'node:os';
import type { LoadGenerator, LoadOptions, LoadResult } from '../load/generator.ts';
import type { Running } from '../stack/contender.ts';
import { settle } from '../stack/processes.ts';
import { groupsCpuMs, machineCpuMs, ownCpuMs } from '../stack/usage.ts';

/** One run of a load against one service. */
export interface Sample extends LoadResult {
  /** Responses a second. */
  rate: number;
  /** CPU time of all the service's processes for one response, in microseconds. */
  cpuUs: number;
  /** Share of the machine's CPU that neither the service nor the load generator used: noise. */
  foreign: number;
}

type Observed = Pick<Running, 'groups'> & { idleShare?: number };

/** Loads a service, then waits until it has finished the rest of the load. */
export async function measure(
  generator: LoadGenerator,
  service: Observed,
  load: LoadOptions,
): Promise<Sample> {
  const { result, serviceMs, foreign } = await observe(service, () => generator.run(load));
  return {
    ...result,
    rate: result.answered / result.seconds,
    cpuUs: (serviceMs * 1000) / result.answered,
    foreign,
  };
}

/**
 * Watches the processor while a load runs, then waits until the service has finished the rest of the load.
 *
 * @returns the load's result, the service's CPU time in milliseconds, and the share of the machine's CPU that neither the
 *   service nor this process and its children used
 */
export async function observe<T>(
  { groups, idleShare }: Observed,
  load: () => Promise<T>,
): Promise<{ result: T; serviceMs: number; foreign: number }> {
  const before = {
    service: groupsCpuMs(groups),
    own: ownCpuMs(),
    machine: machineCpuMs(),
    at: performance.now(),
  };
  const result = await load();
  const serviceMs = groupsCpuMs(groups) - before.service;
  const foreignMs = machineCpuMs() - before.machine - serviceMs - (ownCpuMs() - before.own);
  const wallMs = performance.now() - before.at;
  await settle(groups, idleShare);
  return { result, serviceMs, foreign: Math.max(0, foreignMs / (wallMs * availableParallelism())) };
}
