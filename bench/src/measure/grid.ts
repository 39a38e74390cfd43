import type { LoadGenerator } from '../load/generator.ts';
import type { Image, ImageName } from '../load/images.ts';
import { expectDigits, measureAlone, type StartedContender, uploadTo, warmUp } from './contenders.ts';
import type { Sample } from './sample.ts';

export interface Cell {
  image: ImageName;
  connections: number;
  contender: string;
  /** The path that was fastest, where a contender has several. */
  path: string;
  samples: Sample[];
}

/** Just-in-time compilers need the first warm-up; the others only show which path is the fastest. */
const FIRST_WARM_UP_S = 3;
const WARM_UP_S = 1;

/**
 * Every contender under every load. Repeats of a load go round the contenders, so that whatever slows the machine for a
 * while slows all of them alike.
 */
export async function measureGrid(options: {
  contenders: readonly StartedContender[];
  images: Record<ImageName, Image>;
  loads: readonly ImageName[];
  connections: readonly number[];
  seconds: number;
  repeats: number;
  generator: LoadGenerator;
  progress: (line: string) => void;
}): Promise<Cell[]> {
  const { contenders, images, loads, connections, repeats, generator, progress } = options;
  const cells: Cell[] = [];
  for (const image of loads) {
    await expectDigits(contenders, images[image]);
    for (const count of connections) {
      const seconds = secondsFor({ image, connections: count, seconds: options.seconds });
      const row: { service: StartedContender; cell: Cell }[] = [];
      for (const service of contenders) {
        const warmUpSeconds = cells.length === 0 ? FIRST_WARM_UP_S : WARM_UP_S;
        const upload = uploadTo(service, images[image]);
        const { path } = await warmUp(generator, service, {
          upload,
          connections: count,
          seconds: warmUpSeconds,
        });
        row.push({
          service,
          cell: { image, connections: count, contender: service.name, path, samples: [] },
        });
      }
      for (let repeat = 0; repeat < repeats; repeat++) {
        for (const { service, cell } of row) {
          const url = service.running.url + cell.path;
          const upload = uploadTo(service, images[image]);
          const sample = await measureAlone(generator, service, { url, upload, connections: count, seconds });
          cell.samples.push(sample);
          progress(describe(cell, sample));
        }
      }
      cells.push(...row.map(({ cell }) => cell));
    }
  }
  return cells;
}

/** A phone photo takes tens of milliseconds: more requests in flight need more time for as many responses each. */
function secondsFor(options: { image: ImageName; connections: number; seconds: number }): number {
  const { image, connections, seconds } = options;
  if (image !== 'phone' || connections === 1) return seconds;
  return connections > 64 ? 3 * seconds : 2 * seconds;
}

function describe(
  { image, connections, contender }: Cell,
  { rate, p50, p99, failed, foreign }: Sample,
): string {
  const figures = `${rate.toFixed(0)}/s, p50 ${p50.toFixed(2)} ms, p99 ${p99.toFixed(2)} ms`;
  const troubles = `${failed > 0 ? `, ${failed} FAILED` : ''}${foreign > 0.05 ? `, others used ${(100 * foreign).toFixed(0)} % of the machine` : ''}`;
  return `${image} × ${connections}: ${contender} ${figures}${troubles}`;
}
