import type { Readable } from 'node:stream';
import { ProblemError } from '../../errors.ts';
import { createMemory, type Holder, holder } from './memory.ts';
import { brokenUpload } from './upload-problems.ts';

/** How long a stream that may wait does so for memory before it is refused. */
const WAIT_MAX_MS = 10_000;
/** A client is given this long before the least rate holds. */
const GRACE_MS = 10_000;
const BYTES_PER_SECOND_MIN = 1_000;
const CHECK_MS = 1_000;
/** From here on, a body gives way to other requests after each chunk: libuv would read 2 MB of it at once. */
const LARGE_BYTES = 1_000_000;

/** A body, or one file of a form, in memory. */
export interface Received {
  bytes: Buffer;
  /** Whether the bytes are the address of an image in place of the image. */
  isAddress?: boolean;
  /** Gives back the memory that is booked for the bytes. Safe to call twice. */
  release(): void;
}

/** A stream that is being received. */
interface Reading {
  since: number;
  size: number;
  chunks: Buffer[];
  holder: Holder;
  fail(error?: Error): void;
}

export type Receiving = ReturnType<typeof createReceiving>;

/**
 * Receives bodies within one bound on memory over all requests of the process, and drops clients that send slower than a
 * kilobyte a second.
 *
 * @param options.timeoutMs how long one body, or one file of a form, may take
 */
export function createReceiving(options: { memoryMaxBytes: number; timeoutMs: number }) {
  const { memoryMaxBytes, timeoutMs } = options;
  const memory = createMemory({ maxBytes: memoryMaxBytes });
  const readings = new Set<Reading>();

  // One timer for all: a timer for each body would cost more than receiving most of them.
  setInterval(dropSlow, Math.min(CHECK_MS, timeoutMs / 2)).unref();

  function dropSlow(): void {
    const now = performance.now();
    for (const { since, size, fail } of readings) {
      const elapsed = now - since;
      const isSlow = elapsed > GRACE_MS && size < (BYTES_PER_SECOND_MIN * elapsed) / 1_000;
      if (isSlow || elapsed > timeoutMs) fail(tooSlow());
    }
  }

  /** Holds a stream back until there is memory for its next piece. @returns ends the wait */
  function waitForRoom(reading: Reading, stream: Readable, chunk: Buffer): () => void {
    const pausedAt = performance.now();
    stream.pause();
    // The client does not lose this time.
    readings.delete(reading);
    const deadline = setTimeout(reading.fail, WAIT_MAX_MS, busy());
    const end = () => {
      clearTimeout(deadline);
      memory.endWait(reading.holder);
    };
    memory.wait(reading.holder, () => {
      if (!memory.book(reading.holder, chunk.length)) return;
      end();
      reading.since += performance.now() - pausedAt;
      readings.add(reading);
      reading.chunks.push(chunk);
      stream.resume();
    });
    return end;
  }

  return {
    /**
     * Receives a stream to its end.
     *
     * @param limits.length as the client announced it, in bytes
     * @param limits.waits whether the stream is held back while there is no memory, in place of being refused at once
     * @returns null where the stream is longer than `maxBytes`; the rest of it is unread then
     * @throws ProblemError busy, upload-timeout, malformed-upload
     */
    collect(
      stream: Readable,
      limits: { maxBytes: number; length?: number | undefined; waits?: boolean },
    ): Promise<Received | null> {
      const { maxBytes, length = null, waits } = limits;
      return new Promise((resolve, reject) => {
        if (stream.destroyed) return reject(brokenUpload());
        let endWait: (() => void) | null = null;
        const by = holder(length);
        const reading: Reading = { since: performance.now(), size: 0, chunks: [], holder: by, fail };
        function stop(): void {
          readings.delete(reading);
          endWait?.();
          stream.off('data', take).off('end', finish).off('error', fail).off('close', fail);
        }
        function drop(): void {
          stop();
          memory.release(by);
          reading.chunks = [];
          stream.pause();
        }
        function fail(error?: Error): void {
          drop();
          reject(error instanceof ProblemError ? error : brokenUpload(error));
        }
        function finish(): void {
          stop();
          const bytes = Buffer.concat(reading.chunks, reading.size);
          reading.chunks = [];
          resolve({ bytes, release: () => memory.release(by) });
        }
        function yieldAfterChunk(): void {
          stream.pause();
          setImmediate(() => {
            if (readings.has(reading)) stream.resume();
          });
        }
        function take(chunk: Buffer): void {
          reading.size += chunk.length;
          if (reading.size > maxBytes) {
            drop();
            resolve(null);
          } else if (memory.book(by, chunk.length)) {
            reading.chunks.push(chunk);
            if (reading.size > LARGE_BYTES) yieldAfterChunk();
          } else if (waits) {
            endWait = waitForRoom(reading, stream, chunk);
          } else {
            fail(busy());
          }
        }
        readings.add(reading);
        stream.on('data', take).on('end', finish).on('error', fail).on('close', fail);
      });
    },
    /**
     * Watches a body whose pieces are received one after the other: aborts the signal, with the error, when less than a
     * kilobyte comes for as long as one piece may take. The time in which the api holds the client back does not count.
     */
    watch(body: Readable): { signal: AbortSignal; end(): void } {
      const controller = new AbortController();
      const silence = setTimeout(() => {
        if (body.isPaused()) silence.refresh();
        else controller.abort(tooSlow());
      }, timeoutMs);
      let arrived = 0;
      function noteArrival(chunk: Buffer): void {
        arrived += chunk.length;
        if (arrived < BYTES_PER_SECOND_MIN) return;
        arrived = 0;
        silence.refresh();
      }
      body.on('data', noteArrival);
      return {
        signal: controller.signal,
        end(): void {
          clearTimeout(silence);
          body.off('data', noteArrival);
        },
      };
    },
  };
}

const busy = () => new ProblemError('busy', 'Too many pictures are being received. Try again soon.');
const tooSlow = () =>
  new ProblemError('upload-timeout', 'The upload took too long to arrive. Send it again.');
