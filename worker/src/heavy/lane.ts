import { fork } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { fileURLToPath } from 'node:url';
import pLimit from 'p-limit';
import { ImageError } from '../pipeline/image-error.ts';
import type { Ink } from '../pipeline/preprocess.ts';
import { heavyReply } from './reply.ts';

/** The same from `src`, as in tests, and from `dist`. */
const PROCESS = fileURLToPath(new URL('../../dist/heavy/process.js', import.meta.url));

/** Gives a process the lowest priority, and where memory runs out makes it the first that the system ends. */
function yieldTo(pid: number): void {
  const { PRIORITY_LOW } = constants.priority;
  try {
    setPriority(pid, PRIORITY_LOW);
    // Linux weighs sessions first, where it groups by them, and a detached process is a session.
    writeFileSync(`/proc/${pid}/autogroup`, String(PRIORITY_LOW));
    writeFileSync(`/proc/${pid}/oom_score_adj`, '1000');
  } catch {
    // The process has ended, or this is not Linux.
  }
}

/** A photo of 200 megapixels takes about a second, and a few where the machine is busy. */
const TIMEOUT_MS = 20_000;

/**
 * Brings heavy images to ink, one at a time, each in a process of its own with a lower priority: its neighbours are not
 * delayed, it can be ended at a deadline, its memory goes back to the system, and a decoder that crashes takes no worker with
 * it.
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

  async function toInk(bytes: Uint8Array): Promise<Ink> {
    // Apart from the worker's process group: the signal that stops a worker lets it finish this image.
    const child = fork(PROCESS, [String(memoryMax)], {
      detached: true,
      execArgv: [],
      serialization: 'advanced',
      stdio: ['pipe', 'ignore', 'inherit', 'ipc'],
    });
    if (child.pid) yieldTo(child.pid);
    const deadline = setTimeout(() => child.kill('SIGKILL'), timeoutMs);
    try {
      // A process that ended takes no more bytes; how it ended says why.
      child.stdin?.on('error', () => {});
      child.stdin?.end(bytes);
      let reply: unknown;
      child.on('message', (message) => {
        reply = message;
      });
      const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
      if (child.killed) {
        throw new ImageError(
          'too-many-pixels',
          `The picture takes more than ${timeoutMs / 1_000} s to decode. Send a smaller one.`,
        );
      }
      if (signal) {
        throw new ImageError(
          'unreadable-image',
          `The picture cannot be decoded: the decoder ended with ${signal}. Send a smaller one, or save it again.`,
        );
      }
      if (reply === undefined) throw new Error(`the decoder ended with exit code ${code} and said nothing`);
      const parsed = heavyReply.parse(reply);
      if ('error' in parsed) throw new ImageError(parsed.error.code, parsed.error.message);
      return parsed.ink;
    } finally {
      clearTimeout(deadline);
    }
  }

  return { toInk: (bytes: Uint8Array) => limit(toInk, bytes) };
}
