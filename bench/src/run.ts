import { resolve } from 'node:path';
import { killAll } from '@inkqueue/scripts/launch';
import { UserError } from '@inkqueue/shared/node/user-error';
import { findLoadGenerator } from './load/generator.ts';
import { drawImages, drawPhoto, type Image, type ImageName } from './load/images.ts';
import { singleUpload } from './load/multipart.ts';
import { startOpenLoopGenerator } from './load/open-loop.ts';
import { measureBareLoop } from './measure/bare.ts';
import { measureBatches } from './measure/batches.ts';
import { type StartedContender, startContenders, stopContenders } from './measure/contenders.ts';
import { measureCosts } from './measure/costs/profile.ts';
import { measureFirstResult } from './measure/first-result.ts';
import { measureGrid } from './measure/grid.ts';
import { measureBatchMemory, measureMemory } from './measure/memory.ts';
import { measureOpenLoop } from './measure/open-loop/open-loop.ts';
import { measureProcesses } from './measure/processes.ts';
import { measureReplicas } from './measure/replicas.ts';
import { measureScaling } from './measure/scaling.ts';
import type { Options, Section } from './options.ts';
import { measureRedisAlone } from './redis/alone.ts';
import type { Results } from './report/results.ts';
import { describeSetting } from './report/setting.ts';
import type { Contender } from './stack/contender.ts';
import { inkqueue, ours } from './stack/inkqueue.ts';
import { peers } from './stack/peers.ts';
import { preparePeers } from './stack/python.ts';

const SCALING_WORKERS = [1, 2, 4, 8];

/** Measures the sections that the options name, one after the other. */
export async function run(options: Options, progress: (line: string) => void): Promise<Results> {
  const { seconds, repeats, loads, sections } = options;

  /** A part that fails must not take the figures of the others with it. */
  async function part<T>(section: Section, measurePart: () => Promise<T>): Promise<T | null> {
    if (!sections.includes(section)) return null;
    try {
      return await measurePart();
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      killAll();
      progress(`${section} is left out: ${error.message}`);
      return null;
    }
  }

  /** Starts the contenders, measures them and stops them. */
  async function compare<C>(measureStarted: (started: StartedContender[]) => Promise<C[]>) {
    progress(`starting ${contenders.map(({ name }) => name).join(', ')}`);
    const started = await startContenders(contenders);
    const cells = await measureStarted(started);
    await stopContenders(started);
    return { contenders: contenders.map(({ name, title }) => ({ name, title })), cells };
  }

  const contenders = chooseContenders(options);
  const areCompared = sections.includes('grid') || sections.includes('open');
  if (areCompared && contenders.some((contender) => peers.includes(contender))) preparePeers();
  const generator = findLoadGenerator();
  const machine = describeSetting(generator.title);
  const images = await drawImages();
  const small = images['28'];
  const shared = { images, seconds, repeats, generator, progress };
  const smallLoads = loads.filter((load) => load !== 'phone');

  const grid = await part('grid', () =>
    compare((started) => measureGrid({ ...options, ...shared, contenders: started })),
  );
  const openLoop = await part('open', async () => {
    const generating = startOpenLoopGenerator();
    const load = { ...shared, loads: smallLoads, openLoop: generating };
    const compared = await compare((started) => measureOpenLoop({ ...load, contenders: started }));
    await generating.stop();
    return compared;
  });
  const replicas = await part('replicas', () => {
    const connections = options.connections.filter((count) => count > 1);
    return measureReplicas({ ...shared, loads: smallLoads, connections });
  });
  const bareLoop = await part('batches', () => measureBareLoop(small, seconds));
  const batches = await part('batches', () => measureBatches({ ...shared, image: small }));
  const scaling = await part('scaling', () =>
    measureScaling({ ...shared, upload: singleUpload(small), workers: SCALING_WORKERS }),
  );
  const used = loads.map((load) => images[load]);
  const costs = await part('costs', () => measureCosts({ pictures: used, seconds, generator }));
  // The simulation knows these two.
  const drawn = { '28': images['28'], '280': images['280'] };
  const processes = await part('processes', () => measureProcesses({ ...shared, images: drawn }));
  const redis = await part('redis', () => measureRedisAlone({ ...shared, images: drawn }));
  const memory = await part('memory', () => measureMemory({ ...shared, images: used }));
  const batchMemory = await part('memory', measureLargeBatch);
  const firstResult = await part('start', () => measureFirstResult({ upload: singleUpload(small), repeats }));

  return {
    machine,
    method: `Repeats: ${repeats}, of ${seconds} s each (phone photos: longer), going round the contenders; medians. Every ratio is the median of the repeats’ ratios.`,
    images: sizesOf(images),
    grid: grid ?? { contenders: [], cells: [] },
    ...{
      openLoop,
      replicas,
      bareLoop,
      batches,
      scaling,
      costs,
      processes,
      redis,
      memory,
      batchMemory,
      firstResult,
    },
  };
}

function chooseContenders({ only, against }: Options): Contender[] {
  const all = [
    ours,
    ...(against
      ? [inkqueue({ name: 'against', title: `Inkqueue in ${against}`, root: resolve(against) })]
      : []),
    ...peers,
  ];
  return only ? all.filter(({ name }) => only.some((start) => name.startsWith(start))) : all;
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
