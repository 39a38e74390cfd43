import type { Ledger } from '../ledger.ts';
import type { Load } from '../load/way.ts';
import type { Picture } from '../pictures.ts';
import type { Service } from '../processes.ts';
import type { Random } from '../random.ts';

/** What a fault may break, and where it notes what it took away. */
export interface Target {
  service: Service;
  ledger: Ledger;
  random: Random;
  load: Load;
  pictures: readonly Picture[];
  /** Asks for the end of all that was accepted and not yet asked for so. */
  audit: () => Promise<void>;
}

export interface Fault {
  name: string;
  /**
   * Breaks something and mends it. Resolves when it is mended; the schedule then waits until the service has recovered.
   *
   * @returns what is to be done after that, where there is something
   */
  run: (target: Target) => Promise<(() => Promise<void>) | void>;
  /** What must be done before it happens, which does not count to its length. */
  prepare?: (target: Target) => Promise<void>;
}
