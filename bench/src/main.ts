import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { killAll } from '@inkqueue/scripts/launch';
import { runMain, UserError } from '@inkqueue/shared/node/user-error';
import { findLoadGenerator, type LoadGenerator } from './load/generator.ts';
import { drawImages, drawPhoto, type Image, type ImageName } from './load/images.ts';
import { singleUpload } from './load/multipart.ts';
import { measureBareLoop } from './measure/bare.ts';
import { measureBatches } from './measure/batches.ts';
import { startContenders, stopContenders } from './measure/contenders.ts';
import { measureFirstResult } from './measure/first-result.ts';
import { measureGrid } from './measure/grid.ts';
import { measureBatchMemory, measureMemory } from './measure/memory.ts';
import { measureCosts } from './measure/profile.ts';
import { measureScaling } from './measure/scaling.ts';
import { type Options, parseOptions, SECTIONS, type Section, USAGE } from './options.ts';
import { writeReport } from './report/report.ts';
import type { Results } from './report/results.ts';
import { describeSetting } from './report/setting.ts';
import type { Contender } from './stack/contender.ts';
import { inkqueue } from './stack/inkqueue.ts';
import { peers } from './stack/peers.ts';
import { preparePeers } from './stack/python.ts';

const RESULTS = 'bench/results.md';
const SCALING_WORKERS = [1, 2, 4, 8];

function progress(line: string): void {
  process.stderr.write(`${String(Math.round(performance.now() / 1000)).padStart(4)} s  ${line}\n`);
}

function chooseContenders({ only, against }: Options): Contender[] {
  const all = [
    inkqueue({ name: 'ours', title: 'Inkqueue, 2 workers' }),
    ...(against
      ? [inkqueue({ name: 'against', title: `Inkqueue in ${against}`, root: resolve(against) })]
      : []),
    ...peers,
  ];
  return only ? all.filter(({ name }) => only.some((start) => name.startsWith(start))) : all;
}

async function run(options: Options): Promise<Results> {
  /** A part that fails must not take the figures of the others with it. */
  async function part<T>(section: Section, measurePart: () => Promise<T>): Promise<T | null> {
    if (!options.sections.includes(section)) return null;
    try {
      return await measurePart();
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      killAll();
      progress(`${section} is left out: ${error.message}`);
      return null;
    }
  }
  const { seconds, repeats, loads } = options;
  const contenders = options.sections.includes('grid') ? chooseContenders(options) : [];
  if (contenders.some((contender) => peers.includes(contender))) preparePeers();
  const generator = findLoadGenerator();
  const machine = describeSetting(generator.title);
  const images = await drawImages();
  const small = images['28'];
  const shared = { seconds, repeats, generator, progress };

  const cells = await part('grid', () => compare({ ...options, contenders, images, generator }));
  const bareLoop = await part('batches', () => measureBareLoop(small, seconds));
  const batches = await part('batches', () => measureBatches({ ...shared, image: small }));
  const scaling = await part('scaling', () =>
    measureScaling({ ...shared, upload: singleUpload(small), workers: SCALING_WORKERS }),
  );
  const used = loads.map((load) => images[load]);
  const costs = await part('costs', () => measureCosts({ pictures: used, seconds, generator }));
  const memory = await part('memory', () => measureMemory({ images: used, seconds, generator }));
  const batchMemory = await part('memory', measureLargeBatch);
  const firstResult = await part('start', () => measureFirstResult({ upload: singleUpload(small), repeats }));

  return {
    machine,
    method: `Repeats: ${repeats}, of ${seconds} s each (phone photos: longer), going round the contenders; medians. Every ratio is the median of the repeats’ ratios.`,
    contenders,
    images: sizesOf(images),
    cells: cells ?? [],
    ...{ bareLoop, batches, scaling, costs, memory, batchMemory, firstResult },
  };
}

async function compare(
  options: Options & {
    contenders: readonly Contender[];
    images: Record<ImageName, Image>;
    generator: LoadGenerator;
  },
): Promise<Results['cells']> {
  if (options.contenders.length === 0) return [];
  progress(`starting ${options.contenders.map(({ name }) => name).join(', ')}`);
  const started = await startContenders(options.contenders);
  const cells = await measureGrid({ ...options, contenders: started, progress });
  await stopContenders(started);
  return cells;
}

async function measureLargeBatch(): Promise<Results['batchMemory']> {
  const bytes = await drawPhoto({ width: 2592, height: 1944, quality: 90 });
  const apiPeakMb = await measureBatchMemory({ title: '5-MP phone JPEG', mediaType: 'image/jpeg', bytes });
  return { apiPeakMb, imageBytes: bytes.length };
}

function sizesOf(images: Record<ImageName, Image>): Results['images'] {
  const size = ({ title, bytes }: Image) => ({ title, bytes: bytes.length });
  return { '28': size(images['28']), '280': size(images['280']), phone: size(images.phone) };
}

/** A run that left something out must not replace the results of a full one. */
function isFull(options: Options): boolean {
  return (
    !options.only &&
    !options.against &&
    options.sections.length === SECTIONS.length &&
    options.loads.length === 3
  );
}

async function main(): Promise<void> {
  const options = parseOptions(process.argv.slice(2));
  if (options.help) return void process.stdout.write(USAGE);
  const report = writeReport(await run(options));
  process.stdout.write(report);
  const out = options.out ?? (isFull(options) ? RESULTS : null);
  if (!out) return;
  mkdirSync(dirname(out), { recursive: true });
  writeFileSync(out, report);
  progress(`written to ${out}`);
}

// What was launched ends with this process.
process.on('SIGINT', () => process.exit(130));
process.on('SIGTERM', () => process.exit(143));
runMain('bench', main);
