import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { runMain } from '@inkqueue/shared/node/user-error';
import { type Options, parseOptions, SECTIONS, USAGE } from './options.ts';
import { writeReport } from './report/report.ts';
import { run } from './run.ts';

const RESULTS = 'bench/results.md';

function progress(line: string): void {
  process.stderr.write(`${String(Math.round(performance.now() / 1000)).padStart(4)} s  ${line}\n`);
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
  const results = await run(options, progress);
  const report = writeReport(results);
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
