import type { Readable } from 'node:stream';
import { ProblemError } from '../../errors.ts';

/** A body of at most this many bytes may use all of the memory, a larger one the rest: small ones always find room. */
const SMALL_BYTES = 65_536;
const LARGE_SHARE = 0.8;
/** A body is in memory twice: in the pieces that arrived, until they are collected, and as a whole. */
const COPIES = 2;
/** How long a stream that may wait does so for memory before it is refused. */
const WAIT_MAX_MS = 10_000;
/** A client is given this long before the least rate holds. */
const GRACE_MS = 10_000;
const BYTES_PER_SECOND_MIN = 1_000;
const CHECK_MS = 1_000;

/** A body, or one file of a form, in memory. */
export interface Received {
  bytes: Buffer;
  /** Gives back the memory that is booked for the bytes. Safe to call twice. */
  release(): void;
}

/** A stream that is being received. */
interface Reading {
  since: number;
  size: number;
  /** Bytes that are booked for it. */
  booked: number;
  chunks: Buffer[];
  fail(error?: Error): void;
}

export type Receiving = ReturnType<typeof createReceiving>;

/**
 * Receives bodies within one bound on memory over all requests of the process. What arrived counts, not what a client
 * promised, and a client that sends slower than a kilobyte a second is dropped.
 *
 * @param options.timeoutMs how long one body, or one file of a form, may take
 */
export function createReceiving(options: { memoryMaxBytes: number; timeoutMs: number }) {
  const { memoryMaxBytes, timeoutMs } = options;
  const readings = new Set<Reading>();
  const waiters = new Set<() => void>();
  let used = 0;

  // One timer for all: a timer for each body would cost more than receiving most of them.
  setInterval(dropSlow, Math.min(CHECK_MS, timeoutMs / 2)).unref();

  function dropSlow(): void {
    const now = performance.now();
    for (const { since, size, fail } of readings) {
      const elapsed = now - since;
      const isSlow = elapsed > GRACE_MS && size < (BYTES_PER_SECOND_MIN * elapsed) / 1_000;
      if (isSlow || elapsed > timeoutMs) {
        fail(new ProblemError('upload-timeout', 'The upload took too long to arrive. Send it again.'));
      }
    }
  }

  function hasRoom(bytes: number, size: number): boolean {
    return used + COPIES * bytes <= (size <= SMALL_BYTES ? memoryMaxBytes : LARGE_SHARE * memoryMaxBytes);
  }

  function keep(reading: Reading, chunk: Buffer): void {
    const bytes = COPIES * chunk.length;
    used += bytes;
    reading.booked += bytes;
    reading.chunks.push(chunk);
  }

  function release(reading: Reading): void {
    used -= reading.booked;
    reading.booked = 0;
    reading.chunks = [];
    for (const retry of waiters) retry();
  }

  /** Holds a stream back until there is memory for its next piece. @returns ends the wait */
  function waitForRoom(reading: Reading, stream: Readable, chunk: Buffer): () => void {
    const pausedAt = performance.now();
    stream.pause();
    // The client does not lose this time.
    readings.delete(reading);
    const deadline = setTimeout(reading.fail, WAIT_MAX_MS, busy());
    const retry = () => {
      if (!hasRoom(chunk.length, reading.size)) return;
      end();
      reading.since += performance.now() - pausedAt;
      readings.add(reading);
      keep(reading, chunk);
      stream.resume();
    };
    const end = () => {
      clearTimeout(deadline);
      waiters.delete(retry);
    };
    waiters.add(retry);
    return end;
  }

  return {
    /**
     * Receives a stream to its end.
     *
     * @param limits.waits whether the stream is held back while there is no memory, in place of being refused at once
     * @returns null where the stream is longer than `maxBytes`; the rest of it is unread then
     * @throws ProblemError busy, upload-timeout; and what the stream fails with, where it breaks off
     */
    collect(stream: Readable, limits: { maxBytes: number; waits?: boolean }): Promise<Received | null> {
      return new Promise((resolve, reject) => {
        if (stream.destroyed) return reject(brokenOff());
        let endWait: (() => void) | null = null;
        const reading: Reading = { since: performance.now(), size: 0, booked: 0, chunks: [], fail };
        function stop(): void {
          readings.delete(reading);
          endWait?.();
          stream.off('data', take).off('end', finish).off('error', fail).off('close', fail);
        }
        function fail(error?: Error): void {
          stop();
          release(reading);
          stream.pause();
          reject(error ?? brokenOff());
        }
        function finish(): void {
          stop();
          const bytes = Buffer.concat(reading.chunks, reading.size);
          resolve({ bytes, release: () => release(reading) });
        }
        function take(chunk: Buffer): void {
          reading.size += chunk.length;
          if (reading.size > limits.maxBytes) {
            stop();
            release(reading);
            stream.pause();
            resolve(null);
          } else if (hasRoom(chunk.length, reading.size)) {
            keep(reading, chunk);
          } else if (limits.waits) {
            endWait = waitForRoom(reading, stream, chunk);
          } else {
            fail(busy());
          }
        }
        readings.add(reading);
        stream.on('data', take).on('end', finish).on('error', fail).on('close', fail);
      });
    },
  };
}

const busy = () => new ProblemError('busy', 'Too many pictures are being received. Try again soon.');
const brokenOff = () => new Error('the stream was closed before its end');
