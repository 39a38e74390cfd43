import { writeSync } from 'node:fs';
import { createInputs, type Input } from '../inputs.ts';
import { drawSeeds } from '../seeds/seeds.ts';
import { LINE_FD, type Line } from './line.ts';

// A process that a decoder may take down: judges the inputs from … to of a seed, and says on a pipe of its own which one begins
// and how it ended. What it says is written before it goes on: a crash loses none of it.

/** Inputs between two samples of memory. */
const SAMPLE_EVERY = 250;
/** Growth of the peak that names the inputs which run. */
const PEAK_STEP = 48_000_000;

const [seed, from, to] = process.argv.slice(2).map(Number) as [number, number, number];
const say = (line: Line) => void writeSync(LINE_FD, `${JSON.stringify(line)}\n`);

const inputs = createInputs({ seeds: await drawSeeds(), seed });
// The pipeline lets libvips load no SVG, from which the pictures are drawn.
const { CONCURRENCY, createJudge } = await import('./judge.ts');
const judge = await createJudge();
const running = new Set<number>();
let next = from;
let peak = peakBytes();

function peakBytes(): number {
  return process.resourceUsage().maxRSS * 1_024;
}

async function run(input: Input): Promise<void> {
  const { index, format } = input;
  running.add(index);
  say({ begun: index });
  const start = performance.now();
  const { end, fault } = await judge(input);
  const milliseconds = performance.now() - start;
  say({ ended: index, format, end, milliseconds, fault });
  const now = peakBytes();
  if (now > peak + PEAK_STEP) {
    say({ peak: now, running: [...running] });
    peak = now;
  }
  running.delete(index);
  if (index % SAMPLE_EVERY === 0) say({ rss: process.memoryUsage.rss(), at: index });
}

async function takeTurns(): Promise<void> {
  while (next < to) await run(inputs.at(next++));
}
await Promise.all(Array.from({ length: CONCURRENCY }, takeTurns));
say({ rss: process.memoryUsage.rss(), at: to });
