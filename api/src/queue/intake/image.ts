import type { Expectation } from '@inkqueue/shared/contracts/prediction';
import type { PredictionError } from '@inkqueue/shared/contracts/problems';

/** An image that a client submitted. */
export interface Image {
  bytes: Buffer;
  /** Whether the bytes are the address of the image, which a worker fetches. */
  isAddress?: boolean;
  /** Called once the bytes are in Redis, or refused: the caller may free their memory. */
  release(): void;
  /** Whether the client wants the network's input with the result. */
  preview: boolean;
  /** Whether the client asks why the digits are read so. */
  explain?: boolean;
  /** How many digits the client says that the image shows; auto where absent. */
  expect?: Expectation | undefined;
  /** How long the prediction may wait for a worker to begin, in milliseconds; null for as long as the service lets it. */
  cancelAfterMs?: number | null;
  /** Where the prediction is sent once it has ended. */
  webhook?: string | undefined;
  /** The `traceparent` of the request, where requests are traced. */
  trace?: string | undefined;
  /** Whether it goes after all others of its kind. */
  isLow?: boolean;
  /** Whose it is: the client's address. A client with much in the queue takes turns with the others. */
  client?: string;
}

/** One entry of an upload of many: an image, or why the api refused it. A refused image is a prediction that failed. */
export type Submission = Image | { refused: PredictionError };

/** What clients wait for goes first, then what they poll, then batches; of each kind, what may wait comes last. */
export type Priority = `${'waiting' | 'polling' | 'batch'}${'' | '-low'}`;
