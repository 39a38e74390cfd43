/** A service that answers `POST /predict` with a digit, not started yet. */
export interface Contender {
  name: string;
  title: string;
  /** Paths that do the same in different ways: the fastest of them is measured. */
  paths: readonly [string, ...string[]];
  /** It uses the processor even when idle, and is halted while others are measured. */
  restless?: true;
  start(): Promise<Running>;
}

export interface Running {
  /** Without a path. */
  url: string;
  /** Process groups of all that the service consists of, its Redis included. */
  groups: readonly number[];
  stop(): Promise<void>;
}
