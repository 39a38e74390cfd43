import { runMain } from '@inkqueue/shared/node/user-error';
import { compareAllocators } from './allocators.ts';
import { measureHeavy } from './heavy.ts';
import { parseOptions, USAGE } from './options.ts';
import { grown, writeAllocators, writeHeavy, writeSoak } from './report.ts';
import { soak } from './soak.ts';

const say = (line: string) => void process.stderr.write(`${line}\n`);

async function main(): Promise<void> {
  const { help, heavy, allocators, ...options } = parseOptions(process.argv.slice(2));
  if (help) return void process.stdout.write(USAGE);
  const faults: string[] = [];
  if (heavy) {
    const result = await measureHeavy();
    process.stdout.write(writeHeavy(result));
    faults.push(...result.faults);
  }
  if (allocators) {
    const all = await compareAllocators(options, say);
    process.stdout.write(writeAllocators(all));
    faults.push(...all.flatMap(({ soaked }) => soaked.met.faults));
  }
  if (!heavy && !allocators) {
    const result = await soak(options);
    process.stdout.write(writeSoak(result));
    faults.push(...grown(result), ...result.met.faults);
  }
  process.exit(faults.length > 0 ? 1 : 0);
}

// What was launched ends with this process.
process.on('SIGINT', () => process.exit(130));
process.on('SIGTERM', () => process.exit(143));
runMain('soak', main);
