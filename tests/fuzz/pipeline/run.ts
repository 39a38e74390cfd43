import { lineThrough } from '../../soak/flat.ts';
import { type Inputs, recipeOf } from '../inputs.ts';
import { runLanes } from './lanes.ts';
import type { Line } from './line.ts';

/** An input that takes longer is named: the worker's neighbours wait for it. */
const SLOW_MS = 2_000;
/** Inputs after which memory has its level. */
const WARM_UP_SHARE = 0.3;
/** Growth of resident memory over the rest, as a line through all samples has it, that is called none. */
const GROWTH_MAX_BYTES = 16_000_000;
/** The most that the process may ever hold. */
const PEAK_MAX_BYTES = 900_000_000;
const SAMPLES_MIN = 40;

export interface PipelineResult {
  count: number;
  seconds: number;
  /** Inputs by format and by how they ended. */
  ends: Map<string, Map<string, number>>;
  slowest: { milliseconds: number; recipe: string };
  slow: number;
  memory: { peak: number; level: number; growth: number | null };
  faults: string[];
}

/** Mutated pictures into the worker's pipeline. */
export async function fuzzPipeline(
  { seed, from, to, inputs }: { seed: number; from: number; to: number; inputs: Inputs },
  say: (line: string) => void,
): Promise<PipelineResult> {
  const recipe = (index: number) => recipeOf(seed, inputs.at(index));
  const ends: PipelineResult['ends'] = new Map();
  const samples: { at: number; value: number }[] = [];
  const faults: string[] = [];
  let slowest = { milliseconds: 0, index: from };
  let slow = 0;
  let done = 0;
  let peak = 0;

  function note(index: number, fault: string): void {
    faults.push(`${recipe(index)}\n${fault}`);
    say(`fault: ${recipe(index)}`);
  }
  function hear(said: Line): void {
    if ('rss' in said) samples.push({ at: said.at, value: said.rss });
    if ('peak' in said) {
      peak = said.peak;
      say(`peak of ${Math.round(peak / 1e6)} MB: ${said.running.map(recipe).join('; ')}`);
    }
    if (!('ended' in said)) return;
    const { ended, format, end, milliseconds, fault } = said;
    const ofFormat = ends.get(format) ?? new Map<string, number>();
    ends.set(format, ofFormat.set(end, (ofFormat.get(end) ?? 0) + 1));
    if (fault) note(ended, fault);
    if (milliseconds > SLOW_MS) slow++;
    if (milliseconds > slowest.milliseconds) slowest = { milliseconds, index: ended };
    if (++done % 5_000 === 0) say(`${done} inputs, ${faults.length} faults`);
  }

  const start = performance.now();
  await runLanes({ seed, from, to }, { hear, onFault: note });
  const seconds = (performance.now() - start) / 1_000;
  const settled = samples.filter(({ at }) => at >= from + (to - from) * WARM_UP_SHARE);
  const { middle, growth } = lineThrough(settled);
  const measured = settled.length >= SAMPLES_MIN ? growth : null;
  if (measured !== null && measured > GROWTH_MAX_BYTES)
    faults.push(`memory grows: ${Math.round(measured / 1e6)} MB over ${settled.length} samples`);
  if (peak > PEAK_MAX_BYTES) faults.push(`the process held ${Math.round(peak / 1e6)} MB`);
  return {
    count: to - from,
    seconds,
    ends,
    slowest: { milliseconds: slowest.milliseconds, recipe: recipe(slowest.index) },
    slow,
    memory: { peak, level: middle, growth: measured },
    faults,
  };
}
