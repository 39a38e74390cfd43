import { writeFileSync } from 'node:fs';
import { runMain } from '@inkqueue/shared/node/user-error';
import { fuzzHttp } from './http/run.ts';
import { createShots } from './http/shots.ts';
import { createInputs } from './inputs.ts';
import { parseOptions, USAGE } from './options.ts';
import { fuzzPipeline } from './pipeline/run.ts';
import { writeHttp, writePipeline } from './report.ts';
import { drawSeeds } from './seeds/seeds.ts';

const say = (line: string) =>
  void process.stderr.write(`${String(Math.round(performance.now() / 1_000)).padStart(5)} s  ${line}\n`);

async function main(): Promise<void> {
  const { help, only, save, ...options } = parseOptions(process.argv.slice(2));
  if (help) return void process.stdout.write(USAGE);
  const seed = only?.seed ?? options.seed;
  const seeds = await drawSeeds();
  const inputs = createInputs({ seeds, seed });
  if (only && save) {
    const { at } = only.isHttp ? createShots({ inputs, seeds, seed }) : inputs;
    const made = at(only.index);
    writeFileSync(save, 'body' in made ? made.body : made.bytes);
  }
  const alone = only && { from: only.index, to: only.index + 1 };
  const ofPipeline = only?.isHttp ? null : (alone ?? { from: 0, to: options.count });
  const ofHttp = only && !only.isHttp ? null : (alone ?? { from: 0, to: options.http });
  let faults = 0;
  if (ofPipeline && ofPipeline.to > 0) {
    const result = await fuzzPipeline({ ...ofPipeline, seed, inputs }, say);
    process.stdout.write(writePipeline(seed, result));
    faults += result.faults.length;
  }
  if (ofHttp && ofHttp.to > 0) {
    const result = await fuzzHttp({ ...ofHttp, seed, inputs, seeds }, say);
    process.stdout.write(writeHttp(seed, result));
    faults += result.faults.length;
  }
  process.exit(faults > 0 ? 1 : 0);
}

// What was launched ends with this process.
process.on('SIGINT', () => process.exit(130));
process.on('SIGTERM', () => process.exit(143));
runMain('fuzz', main);
