import { parseCommandLine } from '@inkqueue/scripts/command-line';
import { describeMachine } from '@inkqueue/scripts/machine';
import { runMain, UserError } from '@inkqueue/shared/node/user-error';
import { z } from 'zod';
import { findLoadGenerator, type LoadGenerator } from '../load/generator.ts';
import { drawImages, IMAGE_NAMES, type ImageName } from '../load/images.ts';
import { singleUpload } from '../load/multipart.ts';
import { measure } from '../measure/sample.ts';
import { startInkqueue } from '../stack/inkqueue.ts';
import { type Calibration, createCalibration } from './calibration.ts';
import { processorKind, readRecords, writeRecords } from './record.ts';
import { isQuiet, judge, type Round, ratioOf } from './verdict.ts';

/** Photographs are few: with more at a time, most of a round would be those that it ends in the middle of. */
const LOADS = {
  '28': { connections: 32, seconds: 2 },
  '280': { connections: 32, seconds: 2 },
  phone: { connections: 8, seconds: 3 },
} as const;
const WARM_UP_S = 4;
/** Each stack is compiled anew by V8, a little differently each time. */
const STACKS = 2;
const QUIET_ROUNDS = 4;
/** With the start, the warm-up and the calibration, all stays below two minutes on a busy machine too. */
const ROUNDS_MAX = 5;

type Rounds = Record<ImageName, Round[]>;

/** One stack, started anew, under each load. */
async function measureStack(
  generator: LoadGenerator,
  calibration: Calibration,
  rounds: Rounds,
): Promise<void> {
  const images = await drawImages();
  const stack = await startInkqueue({});
  for (const image of IMAGE_NAMES) {
    const load = { url: `${stack.url}/predict`, upload: singleUpload(images[image]), ...LOADS[image] };
    await measure(generator, stack, { ...load, seconds: WARM_UP_S });
    let before = await calibration.run();
    for (let round = 0, quiet = 0; round < ROUNDS_MAX && quiet < QUIET_ROUNDS; round++) {
      const { cpuUs, failed, foreign } = await measure(generator, stack, load);
      if (failed > 0) throw new UserError(`${failed} requests failed`);
      const after = await calibration.run();
      const measured = { ratio: (cpuUs / ((before + after) / 2)) * 1_000, foreign };
      process.stdout.write(
        `${image.padStart(5)}: ${cpuUs.toFixed(0)} µs, calibration ${(after / 1_000).toFixed(0)} ms, ratio ${measured.ratio.toFixed(3)} ‰${isQuiet(measured) ? '' : `, others used ${(100 * foreign).toFixed(0)} % of the machine`}\n`,
      );
      rounds[image].push(measured);
      if (isQuiet(measured)) quiet++;
      before = after;
    }
  }
  await stack.stop();
}

async function main(): Promise<void> {
  const options = parseCommandLine(z.object({ record: z.boolean().default(false) }), process.argv.slice(2));
  const generator = findLoadGenerator();
  if (!generator.title.startsWith('wrk'))
    throw new UserError('install wrk: what was recorded was measured with it');
  const calibration = await createCalibration();
  const rounds: Rounds = { '28': [], '280': [], phone: [] };
  // Compilation is no part of it.
  for (let i = 0; i < 3; i++) await calibration.run();
  for (let i = 0; i < STACKS; i++) await measureStack(generator, calibration, rounds);
  calibration.close();
  process.stdout.write(`\n${processorKind()}\n`);
  for (const image of IMAGE_NAMES) {
    const ratio = ratioOf(rounds[image]);
    if (options.record) record(image, ratio);
    else report(image, ratio);
  }
}

function record(image: ImageName, measured: number | null): void {
  if (measured === null)
    throw new UserError(`other programs kept the machine busy: nothing is recorded of ${image}`);
  const { revision, time } = describeMachine();
  const [all, kind] = [readRecords(), processorKind()];
  const ratio = Number(measured.toFixed(3));
  writeRecords({ ...all, [kind]: { ...all[kind], [image]: { ratio, revision, time } } });
}

function report(image: ImageName, measured: number | null): void {
  const recorded = readRecords()[processorKind()]?.[image]?.ratio;
  const verdict = judge(image, measured, recorded);
  const words =
    'change' in verdict
      ? `${verdict.verdict}: ${measured?.toFixed(3)} ‰ of the calibration, ${recorded} ‰ recorded (${((verdict.change - 1) * 100).toFixed(0)} %)`
      : `not judged: ${verdict.why}`;
  process.stdout.write(`${image}: ${words}\n`);
  if (verdict.verdict === 'failed') process.exitCode = 1;
}

// What was launched ends with this process.
process.on('SIGINT', () => process.exit(130));
process.on('SIGTERM', () => process.exit(143));
runMain('bench:smoke', main);
