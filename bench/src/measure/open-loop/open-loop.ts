import type { LoadGenerator } from '../../load/generator.ts';
import type { Image, ImageName } from '../../load/images.ts';
import type { OpenLoopGenerator } from '../../load/open-loop.ts';
import { expectDigits, type StartedContender, uploadTo, warmUp } from '../contenders.ts';
import { median } from '../statistics.ts';
import { searchHighestRate } from './search.ts';
import type { OpenLoopSample } from './step.ts';
import { createOpenLoopSteps, type OpenLoopTarget } from './steps.ts';

/** Shares of the sustainable rate at which the latency is measured. */
export const SHARES = [0.5, 0.8] as const;

export interface OpenLoopCell {
  image: ImageName;
  contender: string;
  /** The path that was fastest, where a contender has several. */
  path: string;
  /** Sustainable requests a second, each repeat; 0 where no rate held. */
  rates: number[];
  /** Steps that did not hold while the generator was late or other programs used the machine, twice. */
  doubtful: number;
  /** For each of {@link SHARES} of the median of these rates, a step each repeat; empty where that median is 0. */
  atShares: OpenLoopSample[][];
}

const WARM_UP = { connections: 32, seconds: 3 };
const PRECISION = 1.05;
const FLOOR_PER_S = 2;
/** From one rate to the next: first with little knowledge, then from the result of the repeat before. */
const FIRST_FACTOR = 2;
const NEXT_FACTOR = 1.25;

/** A contender under one image, what was found, and the rate at which its next search starts. */
type Searched = OpenLoopTarget & { cell: OpenLoopCell; start: number };

/**
 * The sustainable throughput of each contender: the highest rate of requests at which the 99th percentile of the latency stays
 * within its bound, no request fails and no backlog grows. Then the latency at fixed shares of that rate. Repeats go round
 * the contenders.
 */
export async function measureOpenLoop(options: {
  contenders: readonly StartedContender[];
  images: Record<ImageName, Image>;
  loads: readonly ImageName[];
  seconds: number;
  repeats: number;
  generator: LoadGenerator;
  openLoop: OpenLoopGenerator;
  progress: (line: string) => void;
}): Promise<OpenLoopCell[]> {
  const { contenders, images, loads, repeats, generator, progress } = options;
  const steps = createOpenLoopSteps(options);
  const cells: OpenLoopCell[] = [];
  for (const name of loads) {
    const image = images[name];
    await expectDigits(contenders, image);
    const targets: Searched[] = [];
    for (const service of contenders) targets.push(await prepare({ generator, service, name, image }));
    for (let repeat = 0; repeat < repeats; repeat++) {
      for (const target of targets) {
        const rate = await searchHighestRate({
          start: target.start,
          factor: repeat === 0 ? FIRST_FACTOR : NEXT_FACTOR,
          precision: PRECISION,
          floor: FLOOR_PER_S,
          async holds(tried) {
            const { holds, isDoubtful } = await steps.holds(target, { rate: tried, repeat });
            if (isDoubtful) target.cell.doubtful++;
            return holds;
          },
        });
        target.cell.rates.push(rate);
        if (rate > 0) target.start = rate;
        progress(`${name} open: ${target.service.name} sustains ${rate.toFixed(0)}/s`);
      }
    }
    const sustaining = targets.filter(({ cell }) => median(cell.rates) > 0);
    for (const { cell } of sustaining) cell.atShares = SHARES.map(() => []);
    for (let repeat = 0; repeat < repeats; repeat++) {
      for (const target of sustaining) {
        for (const [i, share] of SHARES.entries()) {
          const rate = share * median(target.cell.rates);
          target.cell.atShares[i]?.push(await steps.measure(target, { rate, repeat }));
        }
      }
    }
    cells.push(...targets.map(({ cell }) => cell));
  }
  return cells;
}

async function prepare(options: {
  generator: LoadGenerator;
  service: StartedContender;
  name: ImageName;
  image: Image;
}): Promise<Searched> {
  const { generator, service, name, image } = options;
  const { path, rate } = await warmUp(generator, service, { ...WARM_UP, upload: uploadTo(service, image) });
  return {
    ...{ service, name, image, path },
    cell: { image: name, contender: service.name, path, rates: [], doubtful: 0, atShares: [] },
    // The bound on the latency leaves less than what the service gives to connections that wait for it.
    start: Math.max(FLOOR_PER_S, rate / 2),
  };
}
