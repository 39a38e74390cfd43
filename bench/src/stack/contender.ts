/** A service whose `POST /predict` gives a digit, not started yet. */
export interface Contender {
  name: string;
  title: string;
  /** Paths that do the same in different ways: the benchmark measures the fastest. */
  paths: readonly [string, ...string[]];
  /** Uses the processor even when idle: the benchmark halts it while it measures others. */
  restless?: true;
  start(): Promise<Running>;
}

export interface Running {
  /** Without a path. */
  url: string;
  /** Process groups of the service, its Redis included. */
  groups: readonly number[];
  stop(): Promise<void>;
}
