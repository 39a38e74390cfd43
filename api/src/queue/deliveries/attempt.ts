/** One attempt at a delivery. */
export interface Attempt {
  /** Of the prediction: the value of `webhook-id`, the same in each attempt. */
  id: string;
  url: URL;
  body: string;
  /** The `traceparent` of the request that submitted the image. */
  trace: string | undefined;
  /** From 1 on. */
  number: number;
}

/**
 * What an attempt came to; `status` is that of the receiver's response, null where there was none:
 *
 *   delivered  the receiver has it
 *   failed     another attempt may succeed, after `retryAfterMs` where the receiver asks for that
 *   refused    no attempt can succeed: the receiver wants no more, or its host is none to connect to
 *   postponed  the delivery comes again after `afterMs`, and this counts as no attempt
 */
export type Verdict =
  | { outcome: 'delivered'; status: number }
  | { outcome: 'failed'; status: number | null; why: string; retryAfterMs?: number | undefined }
  | { outcome: 'refused'; status: number | null; why: string }
  | { outcome: 'postponed'; afterMs: number };

/** How an attempt ended, for logs and metrics. */
export interface AttemptEnd {
  prediction: string;
  /** The receiver's host, with its port, and nothing more of the address; null where the record of the delivery can't be read. */
  host: string | null;
  /** `retried`: another attempt follows; `failed`: it was the last; `dropped`: the prediction is gone, and nothing more is sent. */
  outcome: 'delivered' | 'retried' | 'failed' | 'refused' | 'dropped';
  status: number | null;
  seconds: number;
  /** From 1 on. */
  attempt: number;
  /** Null where it was delivered. */
  why: string | null;
}
