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

/** A stream that is being read. */
interface Reading {
  since: number;
  size: number;
  abort(error: Error): void;
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
  let sweeper: NodeJS.Timeout | null = null;

  const hasRoom = (bytes: number, size: number) =>
    used + COPIES * bytes <= (size <= SMALL_BYTES ? memoryMaxBytes : LARGE_SHARE * memoryMaxBytes);

  function free(bytes: number): void {
    used -= bytes;
    for (const retry of waiters) retry();
  }

  function begin(reading: Reading): void {
    readings.add(reading);
    sweeper ??= setInterval(dropSlow, Math.min(CHECK_MS, timeoutMs / 2));
  }

  function end(reading: Reading): void {
    readings.delete(reading);
    if (readings.size > 0 || !sweeper) return;
    clearInterval(sweeper);
    sweeper = null;
  }

  function dropSlow(): void {
    const now = performance.now();
    for (const { since, size, abort } of readings) {
      const elapsed = now - since;
      const isSlow = elapsed > GRACE_MS && size < (BYTES_PER_SECOND_MIN * elapsed) / 1_000;
      if (isSlow || elapsed > timeoutMs) {
        abort(new ProblemError('upload-timeout', 'The upload took too long to arrive. Send it again.'));
      }
    }
  }

  return {
    /**
     * Reads a stream to its end.
     *
     * @param limits.waits whether the stream is held back while there is no memory, in place of being refused at once
     * @returns null where the stream is longer than `maxBytes`; the rest of it is unread then
     * @throws ProblemError busy, upload-timeout; and what the stream fails with, where it breaks off
     */
    collect(stream: Readable, limits: { maxBytes: number; waits?: boolean }): Promise<Received | null> {
      const chunks: Buffer[] = [];
      let booked = 0;
      const release = () => {
        if (booked > 0) free(booked);
        booked = 0;
      };
      return new Promise((resolve, reject) => {
        const reading: Reading = { since: performance.now(), size: 0, abort: fail };
        let wait: NodeJS.Timeout | null = null;
        let retry: (() => void) | null = null;

        function stop(): void {
          end(reading);
          if (wait) clearTimeout(wait);
          if (retry) waiters.delete(retry);
          stream.off('data', take).off('end', finish).off('error', fail).off('close', cut);
        }
        function fail(error: Error): void {
          stop();
          release();
          stream.pause();
          reject(error);
        }
        function cut(): void {
          fail(new Error('the stream was closed before its end'));
        }
        function finish(): void {
          stop();
          resolve({ bytes: Buffer.concat(chunks, reading.size), release });
        }
        function keep(chunk: Buffer): void {
          used += COPIES * chunk.length;
          booked += COPIES * chunk.length;
          chunks.push(chunk);
        }
        function take(chunk: Buffer): void {
          reading.size += chunk.length;
          if (reading.size > limits.maxBytes) {
            stop();
            release();
            stream.pause();
            resolve(null);
          } else if (hasRoom(chunk.length, reading.size)) {
            keep(chunk);
          } else {
            const busy = new ProblemError('busy', 'Too many pictures are being received. Try again soon.');
            if (limits.waits) waitForRoom(chunk, busy);
            else fail(busy);
          }
        }
        function waitForRoom(chunk: Buffer, busy: ProblemError): void {
          stream.pause();
          // The client does not lose this time.
          end(reading);
          const pausedAt = performance.now();
          wait = setTimeout(fail, WAIT_MAX_MS, busy);
          retry = () => {
            if (!hasRoom(chunk.length, reading.size)) return;
            if (wait) clearTimeout(wait);
            if (retry) waiters.delete(retry);
            reading.since += performance.now() - pausedAt;
            begin(reading);
            keep(chunk);
            stream.resume();
          };
          waiters.add(retry);
        }

        if (stream.destroyed) return reject(new Error('the stream was closed before its end'));
        begin(reading);
        stream.on('data', take).once('end', finish).once('error', fail).once('close', cut);
      });
    },
  };
}
