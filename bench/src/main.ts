import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { runMain } from '@inkqueue/shared/node/user-error';
import { type Options, parseOptions, SECTIONS, USAGE } from './options.ts';
import { describeChart, drawChart } from './report/chart.ts';
import { writeCosts } from './report/costs-file.ts';
import { withChartText } from './report/readme.ts';
import { writeReport } from './report/report.ts';
import type { Results } from './report/results.ts';
import { run } from './run.ts';

const RESULTS = 'bench/results.md';
const README = 'README.md';

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

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  progress(`written to ${file}`);
}

/** The chart beside the report, and README's words for the chart of a full run. */
function writeChart(results: Results, out: string): void {
  if (results.grid.cells.length === 0) return;
  write(out.replace(/(\.md)?$/, '.svg'), drawChart(results));
  if (out === RESULTS) write(README, withChartText(readFileSync(README, 'utf8'), describeChart(results)));
}

async function main(): Promise<void> {
  const options = parseOptions(process.argv.slice(2));
  if (options.help) return void process.stdout.write(USAGE);
  const results = await run(options, progress);
  const report = writeReport(results);
  process.stdout.write(report);
  const { processes, redis } = results;
  if (processes && redis) writeCosts({ processes, redis });
  const out = options.out ?? (isFull(options) ? RESULTS : null);
  if (!out) return;
  write(out, report);
  writeChart(results, out);
}

// What was launched ends with this process.
process.on('SIGINT', () => process.exit(130));
process.on('SIGTERM', () => process.exit(143));
runMain('bench', main);
