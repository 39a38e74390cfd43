import { UserError } from '@inkqueue/shared/node/user-error';
import type { LoadGenerator, LoadOptions } from '../load/generator.ts';
import type { Image, ImageName } from '../load/images.ts';
import { singleUpload, type Upload } from '../load/multipart.ts';
import type { Contender, Running } from '../stack/contender.ts';
import { measureIdle, setHalted } from '../stack/processes.ts';
import { measure, type Sample } from './sample.ts';

export interface Cell {
  image: ImageName;
  connections: number;
  contender: string;
  /** The path that was fastest, where a contender has several. */
  path: string;
  samples: Sample[];
}

export interface StartedContender extends Contender {
  running: Running;
  /** Cores that it uses when it has nothing to do. */
  idleShare: number;
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
    const upload = singleUpload(images[image]);
    for (const { name, paths, running, restless } of contenders) {
      if (restless) setHalted(running.groups, false);
      for (const path of paths) await expectDigit(name, running.url + path, upload);
      if (restless) setHalted(running.groups, true);
    }
    for (const count of connections) {
      const seconds = secondsFor({ image, connections: count, seconds: options.seconds });
      const load = { upload, connections: count };
      const row: { service: StartedContender; cell: Cell }[] = [];
      for (const service of contenders) {
        const warmUpSeconds = cells.length === 0 ? FIRST_WARM_UP_S : WARM_UP_S;
        const path = await warmUp(generator, service, { ...load, seconds: warmUpSeconds });
        row.push({
          service,
          cell: { image, connections: count, contender: service.name, path, samples: [] },
        });
      }
      for (let repeat = 0; repeat < repeats; repeat++) {
        for (const { service, cell } of row) {
          const url = service.running.url + cell.path;
          const sample = await measureAlone(generator, service, { ...load, url, seconds });
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

/** Loads each path of a service for a moment. @returns the fastest */
async function warmUp(
  generator: LoadGenerator,
  service: StartedContender,
  load: { upload: Upload; connections: number; seconds: number },
): Promise<string> {
  const { paths, running } = service;
  let fastest = { path: paths[0], rate: -1 };
  for (const path of paths) {
    const { rate } = await measureAlone(generator, service, { ...load, url: running.url + path });
    if (rate > fastest.rate) fastest = { path, rate };
  }
  return fastest.path;
}

/** A service with quick and wrong responses must not win. */
async function expectDigit(name: string, url: string, upload: Upload): Promise<void> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': upload.contentType },
    body: new Uint8Array(upload.body),
  });
  const text = await response.text();
  if (response.status !== 200 || !/"predicted_digit":\s*\d/.test(text)) {
    throw new UserError(`${name} responded ${response.status} in place of a digit: ${text.slice(0, 300)}`);
  }
}

/** Starts contenders one after the other, each quiet before the next. */
export async function startContenders(contenders: readonly Contender[]): Promise<StartedContender[]> {
  const started: StartedContender[] = [];
  for (const contender of contenders) {
    const running = await contender.start();
    const idleShare = await measureIdle(running.groups);
    started.push({ ...contender, running, idleShare });
    if (contender.restless) setHalted(running.groups, true);
  }
  return started;
}

export async function stopContenders(started: readonly StartedContender[]): Promise<void> {
  for (const { running } of started) setHalted(running.groups, false);
  await Promise.all(started.map(({ running }) => running.stop()));
}

/** Measures one contender while the restless ones among the others are halted. */
async function measureAlone(
  generator: LoadGenerator,
  { restless, running, idleShare }: StartedContender,
  load: LoadOptions,
): Promise<Sample> {
  if (restless) setHalted(running.groups, false);
  const sample = await measure(generator, { groups: running.groups, idleShare }, load);
  if (restless) setHalted(running.groups, true);
  return sample;
}

function describe(
  { image, connections, contender }: Cell,
  { rate, p50, p99, failed, foreign }: Sample,
): string {
  const figures = `${rate.toFixed(0)}/s, p50 ${p50.toFixed(2)} ms, p99 ${p99.toFixed(2)} ms`;
  const troubles = `${failed > 0 ? `, ${failed} FAILED` : ''}${foreign > 0.05 ? `, others used ${(100 * foreign).toFixed(0)} % of the machine` : ''}`;
  return `${image} × ${connections}: ${contender} ${figures}${troubles}`;
}
