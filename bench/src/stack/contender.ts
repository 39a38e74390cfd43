import type { Image } from '../load/images.ts';
import type { Upload } from '../load/multipart.ts';

/** A service that reads a digit, not started yet. */
export interface Contender {
  name: string;
  title: string;
  /** Paths that do the same in different ways: the benchmark measures the fastest. */
  paths: readonly [string, ...string[]];
  /** How the service wants an image; by default as the only file of a form. */
  toUpload?: (image: Image) => Upload;
  /** What a response with a digit has in it; by default `"predicted_digit": 3`. */
  digitPattern?: RegExp;
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
