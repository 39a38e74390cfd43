import { median, spread } from '../measure/statistics.ts';
import { reportCosts } from './costs.ts';
import { reportGrid, reportReplicas } from './grid.ts';
import { figure, section, table } from './markdown.ts';
import { reportOpenLoop } from './open-loop.ts';
import { reportProcesses } from './processes.ts';
import { reportRedis } from './redis.ts';
import type { Results } from './results.ts';
import { reportTargets } from './targets.ts';

/** The whole report as Markdown. */
export function writeReport(results: Results): string {
  const { machine, method, batches, bareLoop, scaling, costs, processes, redis } = results;
  const { memory, batchMemory, firstResult } = results;
  const parts = [
    '# Measured speed',
    `Written by \`npm run bench\`. ${method}`,
    machine.map((line) => `- ${line}`).join('\n'),
    ...warnOfNoise(results),
    reportTargets(results),
    ...reportGrid(results),
    ...reportOpenLoop(results),
    ...reportReplicas(results),
  ];
  if (bareLoop || batches) parts.push(reportBatches(results));
  if (scaling) parts.push(reportScaling(scaling));
  if (costs) parts.push(reportCosts(costs));
  if (processes) parts.push(reportProcesses(processes));
  if (redis) parts.push(reportRedis(redis));
  if (memory) {
    const rows = (['api', 'worker'] as const).map((role) => [
      role,
      figure(memory[role].now),
      figure(memory[role].peak),
    ]);
    const blocks = [table(['', 'now', 'peak'], rows)];
    if (batchMemory) {
      blocks.push(
        `Peak of the api under 1,000 images of ${batchMemory.imageBytes.toLocaleString('en')} bytes in one request: ${figure(batchMemory.apiPeakMb)} MB.`,
      );
    }
    parts.push(section('Resident memory after mixed load, MB', ...blocks));
  }
  if (firstResult) {
    const seconds = firstResult.map((ms) => figure(ms / 1000)).join(', ');
    parts.push(section('From `npm start` to the first result', `${seconds} s, with everything built.`));
  }
  return `${parts.join('\n\n')}\n`;
}

const NOISE_MAX = 0.05;

/** Ratios hold up under some noise, since it falls on all contenders; beyond this they don't. */
function warnOfNoise({ grid }: Results): string[] {
  const samples = grid.cells.flatMap((cell) => cell.samples);
  const noisy = samples.filter(({ foreign }) => foreign > NOISE_MAX).length;
  if (noisy === 0) return [];
  return [
    `**Other programs used more than ${100 * NOISE_MAX} % of the machine in ${noisy} of ${samples.length} runs: do not rely on these figures.**`,
  ];
}

function reportBatches({ batches, bareLoop }: Results): string {
  const rows: string[][] = [];
  if (bareLoop) {
    rows.push(['bare loop decode → normalise → infer, one process', figure(bareLoop.oneProcess)]);
    rows.push(['bare loop, one process a core', figure(bareLoop.allCores)]);
  }
  if (batches) rows.push(['`POST /batches`, 1,000 images', figure(median(batches.rates))]);
  const blocks = [table(['28×28 PNG', 'images/s'], rows)];
  if (batches) {
    const { unloaded, underBacklog, backlogLeft } = batches.p99;
    blocks.push(
      `p99 of \`POST /predict\` at 1 connection: ${figure(unloaded)} ms, and ${figure(underBacklog)} ms while a backlog of 10,000 images drained (${backlogLeft} of them left at the end of the measurement).`,
    );
  } else blocks.push('Batches were not measured.');
  return section('Batches', ...blocks);
}

function reportScaling(scaling: NonNullable<Results['scaling']>): string {
  const one = median(scaling[0]?.rates ?? []);
  const rows = scaling.map(({ workers, rates }) => [
    String(workers),
    figure(median(rates)),
    `${(100 * spread(rates)).toFixed(0)} %`,
    figure(median(rates) / one),
  ]);
  return section(
    'Workers whose network sleeps 20 ms',
    table(['workers', 'jobs/s', 'spread', '÷ the first'], rows),
  );
}
