import type { ImageCosts, SharedCosts } from './costs.ts';
import { type Simulated, simulate } from './simulate.ts';

/** The service that was measured (bench/src/stack/inkqueue.ts), with its clients on the same cores. */
const CORES = 2;
const PROCESSES = { apis: 1, workers: 2 };
const SECONDS = 5;

export interface Check {
  measured: ImageCosts['measured'][number];
  simulated: Simulated;
  /** Of the simulated rate, for the share of the machine that was left to the service, against the measured one. */
  error: number;
}

/** Simulates the loads that were measured. */
export function checkAgainstMeasured({ costs, shared }: { costs: ImageCosts; shared: SharedCosts }): Check[] {
  return costs.measured.map((measured) => {
    const simulated = simulate({
      cores: CORES,
      processes: PROCESSES,
      clients: { connections: measured.connections },
      isClientHere: true,
      costs,
      shared,
      seconds: SECONDS,
    });
    return {
      measured,
      simulated,
      error: (simulated.picturesPerSecond * (1 - measured.foreign)) / measured.picturesPerSecond - 1,
    };
  });
}
