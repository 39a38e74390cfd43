import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { LINE_FD, type Line, line } from './line.ts';

/** An input that takes longer is a hang: libvips gives up after 30 s, and what passes here has no more than 64 MB of pixels. */
const BOUND_MS = 30_000;
const LOOK_EVERY_MS = 500;
const LANE = fileURLToPath(new URL('./lane.js', import.meta.url));
/** As `npm start` and the image of the worker set it. */
const ALLOCATOR = { MALLOC_ARENA_MAX: '2' };

/** How a process of inputs ended, and what ran in it then: nothing where it did all. */
interface Ended {
  how: string;
  running: number[];
  /** The first input that did not begin. */
  next: number;
}

/** Runs a process over the inputs from … to. It is killed when one of them takes too long. */
function runOnce(
  range: { seed: number; from: number; to: number },
  hear: (said: Line) => void,
): Promise<Ended> {
  const { seed, from, to } = range;
  const child = spawn(process.execPath, [LANE, ...[seed, from, to].map(String)], {
    env: { ...ALLOCATOR, ...process.env },
    stdio: ['ignore', 'inherit', 'inherit', 'pipe'],
  });
  const running = new Map<number, number>();
  let next = from;
  let isTooLong = false;
  const watch = setInterval(() => {
    const oldest = Math.min(...running.values());
    if (performance.now() - oldest < BOUND_MS) return;
    isTooLong = true;
    child.kill('SIGKILL');
  }, LOOK_EVERY_MS);
  createInterface(child.stdio[LINE_FD] as Readable).on('line', (text) => {
    const said = line.parse(JSON.parse(text)) as Line;
    if ('begun' in said) {
      running.set(said.begun, performance.now());
      next = said.begun + 1;
    }
    if ('ended' in said) running.delete(said.ended);
    hear(said);
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      clearInterval(watch);
      const how = isTooLong ? `more than ${BOUND_MS / 1_000} s` : (signal ?? `exit code ${code}`);
      resolve({ how, running: [...running.keys()], next: code === 0 ? to : next });
    });
  });
}

/**
 * Runs all inputs of a range, in as many processes as it takes. Those that ran when a process ended are run again one by one: the
 * one that ends its process again is the fault.
 *
 * @param options.hear what the processes say
 * @param options.onFault an input that ended its process, or took too long
 */
export async function runLanes(
  range: { seed: number; from: number; to: number },
  { hear, onFault }: { hear: (said: Line) => void; onFault: (index: number, fault: string) => void },
): Promise<void> {
  const { seed, to } = range;
  for (let from = range.from; from < to; ) {
    const ended = await runOnce({ seed, from, to }, hear);
    if (ended.how === 'exit code 0') return;
    if (ended.next === from) throw new Error(`the process of inputs could not start (${ended.how})`);
    let isFound = false;
    for (const index of ended.running) {
      const alone = await runOnce({ seed, from: index, to: index + 1 }, hear);
      if (alone.how === 'exit code 0') continue;
      isFound = true;
      onFault(index, `its process ended: ${alone.how}`);
    }
    if (!isFound && ended.running[0] !== undefined) {
      onFault(
        ended.running[0],
        `a process ended (${ended.how}) with the inputs ${ended.running.join(', ')}; alone, each ends`,
      );
    }
    from = ended.next;
  }
}
