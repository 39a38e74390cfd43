import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { fileURLToPath } from 'node:url';
import pLimit from 'p-limit';
import { ImageError } from '../pipeline/image-error.ts';
import type { Ink, ReadOptions } from '../pipeline/preprocess.ts';
import { type HeavyTask, hostReply } from './reply.ts';

/** The same from `src`, as in tests, and from `dist`. */
const HOST = fileURLToPath(new URL('../../dist/heavy/host.js', import.meta.url));

/** Gives a process a tenth of the weight of others, its children too, and where memory runs out makes it the first that the system ends. */
function yieldTo(pid: number): void {
  const { PRIORITY_BELOW_NORMAL } = constants.priority;
  try {
    setPriority(pid, PRIORITY_BELOW_NORMAL);
    // Linux weighs sessions first, where it groups by them, and a detached process is a session.
    writeFileSync(`/proc/${pid}/autogroup`, String(PRIORITY_BELOW_NORMAL));
    writeFileSync(`/proc/${pid}/oom_score_adj`, '1000');
  } catch {
    // The process has ended, or this is not Linux.
  }
}

/** Signals that ask a process to stop: they come from outside, and no image causes them. */
const STOP_SIGNALS: readonly (string | null | undefined)[] = ['SIGTERM', 'SIGINT', 'SIGHUP'];

/** The decoder was asked to stop: before it left the worker's process group, say. */
class DecoderStopped extends Error {}

/** A photo of 200 megapixels takes about a second; where the machine is busy, a tenth of it is left for heavy images. */
const TIMEOUT_MS = 60_000;

/**
 * Brings heavy images to ink, one at a time, each in a process of its own with a lower priority: its neighbours are not
 * delayed, it can be ended at a deadline, its memory goes back to the system, and a decoder that crashes takes no worker with
 * it. A host starts these processes; the first image starts the host.
 *
 * @param options.memoryMax bytes that decoding one image may take, by its header
 * @param options.timeoutMs an image that takes longer is given up
 * @returns `toInk`, which throws ImageError for what is the image's fault, and any other error for what is ours
 */
export function createHeavyLane({
  memoryMax,
  timeoutMs = TIMEOUT_MS,
}: {
  memoryMax: number;
  timeoutMs?: number;
}) {
  const limit = pLimit(1);
  let host: ChildProcess | null = null;

  function startHost(): ChildProcess {
    // Apart from the worker's process group: the signal that stops a worker lets it finish this image.
    const started = fork(HOST, [String(memoryMax)], {
      detached: true,
      execArgv: [],
      serialization: 'advanced',
      stdio: ['pipe', 'ignore', 'inherit', 'ipc'],
    });
    if (started.pid) yieldTo(started.pid);
    // A host that could not start, or that ended, takes no bytes; who waits for its reply says so.
    started.on('error', () => {});
    started.stdin?.on('error', () => {});
    started.once('exit', () => {
      if (host === started) host = null;
    });
    // A host that waits for the next image keeps no worker from ending.
    started.unref();
    started.channel?.unref();
    return started;
  }

  /** With the process of its image, whose bytes may lie half-read between the two. */
  function endHost(ended: ChildProcess): void {
    host = null;
    try {
      if (ended.pid) process.kill(-ended.pid, 'SIGKILL');
    } catch {
      // Both have ended.
    }
  }

  async function toInk(bytes: Uint8Array, options: ReadOptions): Promise<Ink> {
    host ??= startHost();
    const at = host;
    const enough = new AbortController();
    const deadline = setTimeout(() => enough.abort(), timeoutMs);
    let isInStep = false;
    try {
      const reply = Promise.race([
        once(at, 'message', { signal: enough.signal }),
        once(at, 'exit', { signal: enough.signal }).then(([code, signal]) => [{ code, signal }]),
      ]);
      const task: HeavyTask = { length: bytes.length, options };
      at.send(task, () => {});
      at.stdin?.write(bytes);
      const { said, code, signal } = hostReply.parse((await reply)[0]);
      isInStep = said !== undefined;
      if (said && 'ink' in said) return said.ink;
      if (said) throw new ImageError(said.error.code, said.error.message);
      if (STOP_SIGNALS.includes(signal)) throw new DecoderStopped(`the decoder was ended by ${signal}`);
      if (!signal) throw new Error(`the decoder ended with exit code ${code} and said nothing`);
      throw new ImageError(
        'unreadable-image',
        `The picture cannot be decoded: the decoder ended with ${signal}. Send a smaller one, or save it again.`,
      );
    } catch (error) {
      if (!enough.signal.aborted) throw error;
      throw new ImageError(
        'too-many-pixels',
        `The picture takes more than ${timeoutMs / 1_000} s to decode. Send a smaller one.`,
      );
    } finally {
      clearTimeout(deadline);
      if (!isInStep) endHost(at);
      enough.abort();
    }
  }

  /** Once more where the decoder was stopped: the worker finishes what it has begun with. */
  async function toInkAgain(bytes: Uint8Array, options: ReadOptions): Promise<Ink> {
    try {
      return await toInk(bytes, options);
    } catch (error) {
      if (!(error instanceof DecoderStopped)) throw error;
      return toInk(bytes, options);
    }
  }

  return { toInk: (bytes: Uint8Array, options: ReadOptions = {}) => limit(toInkAgain, bytes, options) };
}
