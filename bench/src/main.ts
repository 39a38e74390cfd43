import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { measureBareLoop } from './bare.ts';
import { measureBatches } from './batches.ts';
import type { Contender } from './contender.ts';
import { measureFirstAnswer } from './first-answer.ts';
import { measureGrid, startContenders, stopContenders } from './grid.ts';
import { inkqueue } from './inkqueue-stack.ts';
import { findLoadGenerator, type LoadGenerator } from './load.ts';
import { describeMachine } from './machine.ts';
import { measureBatchMemory, measureMemory } from './memory.ts';
import { singleUpload } from './multipart.ts';
import { type Options, readOptions, type Section, sections, usage } from './options.ts';
import { peers, preparePeers } from './peers.ts';
import { drawPhoto, drawPictures, type Picture, type PictureName } from './pictures.ts';
import { killAll, ServiceError } from './processes.ts';
import { measureCosts } from './profile.ts';
import { writeReport } from './report.ts';
import type { Results } from './results.ts';
import { measureScaling } from './scaling.ts';

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
  /** One that fails must not take the figures of the others with it. */
  async function part<T>(section: Section, measurePart: () => Promise<T>): Promise<T | null> {
    if (!options.sections.includes(section)) return null;
    try {
      return await measurePart();
    } catch (err) {
      if (!(err instanceof ServiceError)) throw err;
      killAll();
      progress(`${section} is left out: ${err.message}`);
      return null;
    }
  }
  const { seconds, repeats, loads } = options;
  const contenders = options.sections.includes('grid') ? chooseContenders(options) : [];
  if (contenders.some((contender) => peers.includes(contender))) preparePeers();
  const generator = findLoadGenerator();
  const machine = describeMachine(generator.title);
  const pictures = await drawPictures();
  const small = pictures['28'];
  const shared = { seconds, repeats, generator, progress };

  const cells = await part('grid', () => compare({ ...options, contenders, pictures, generator }));
  const bareLoop = await part('batches', () => measureBareLoop(small, seconds));
  const batches = await part('batches', () => measureBatches({ ...shared, picture: small }));
  const scaling = await part('scaling', () =>
    measureScaling({ ...shared, upload: singleUpload(small), workers: SCALING_WORKERS }),
  );
  const used = loads.map((load) => pictures[load]);
  const costs = await part('costs', () => measureCosts({ pictures: used, seconds, generator }));
  const memory = await part('memory', () => measureMemory({ pictures: used, seconds, generator }));
  const batchMemory = await part('memory', measureLargeBatch);
  const firstAnswer = await part('start', () => measureFirstAnswer({ upload: singleUpload(small), repeats }));

  return {
    machine,
    method: `Repeats: ${repeats}, of ${seconds} s each (phone pictures: longer), going round the contenders; medians. Every ratio is the median of the repeats’ ratios.`,
    contenders,
    pictures: sizesOf(pictures),
    cells: cells ?? [],
    ...{ bareLoop, batches, scaling, costs, memory, batchMemory, firstAnswer },
  };
}

async function compare(
  options: Options & {
    contenders: readonly Contender[];
    pictures: Record<PictureName, Picture>;
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
  return apiPeakMb === null ? null : { apiPeakMb, pictureBytes: bytes.length };
}

function sizesOf(pictures: Record<PictureName, Picture>): Results['pictures'] {
  const size = ({ title, bytes }: Picture) => ({ title, bytes: bytes.length });
  return { '28': size(pictures['28']), '280': size(pictures['280']), phone: size(pictures.phone) };
}

/** A run that left something out must not replace the results of a full one. */
function isFull(options: Options): boolean {
  return (
    !options.only &&
    !options.against &&
    options.sections.length === sections.length &&
    options.loads.length === 3
  );
}

process.on('exit', killAll);
process.on('SIGINT', () => process.exit(130));
process.on('SIGTERM', () => process.exit(143));

try {
  const options = readOptions(process.argv.slice(2));
  if (options.help) process.stdout.write(usage);
  else {
    const report = writeReport(await run(options));
    process.stdout.write(report);
    const out = options.out ?? (isFull(options) ? RESULTS : null);
    if (out) {
      mkdirSync(dirname(out), { recursive: true });
      writeFileSync(out, report);
      progress(`written to ${out}`);
    }
  }
} catch (err) {
  process.stderr.write(`inkqueue bench: ${err instanceof Error ? err.message : err}\n`);
  process.exit(1);
}
