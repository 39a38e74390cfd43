import type { PredictionError } from '@inkqueue/shared/contracts/problems';

/** An image that a client submitted. */
export interface Image {
  bytes: Buffer;
  /** Called once the bytes are in Redis, or refused: the caller may free their memory. */
  release(): void;
  /** Whether the client wants the network's input with the result. */
  preview: boolean;
  /** How long the prediction may wait for a worker to begin, in milliseconds; null for as long as the service lets it. */
  cancelAfterMs?: number | null;
}

/** One entry of an upload of many: an image, or why the api refused it. A refused image is a prediction that failed. */
export type Submission = Image | { refused: PredictionError };

/** What clients wait for goes first, then what they poll, then batches. */
export type Priority = 'waiting' | 'polling' | 'batch';
