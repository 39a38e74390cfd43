import type { Cost } from '../measure/costs/profile.ts';
import { STAGE_ORDER } from '../measure/costs/stages.ts';
import { figure, section, table } from './markdown.ts';

const COMMANDS_SHOWN = 12;

/** The cost table: microseconds of CPU for each prediction, by stage and process. */
export function reportCosts(costs: readonly Cost[]): string {
  return section(
    'What a prediction costs',
    'Microseconds of CPU for one prediction, `POST /predict` at 32 connections, under a sampling profiler (which itself costs some). Each main thread’s CPU time is shared out by stage as its samples fell; what its other threads used (sharp’s decoding, garbage collection) and Redis follow.',
    ...costs.map(reportImage),
  );
}

function reportImage({ picture, stages, otherThreads, redis }: Cost): string {
  const rows = STAGE_ORDER.map((stage) => ({
    stage,
    api: stages.api.get(stage) ?? 0,
    worker: stages.worker.get(stage) ?? 0,
  })).filter(({ api, worker }) => api + worker >= 0.1);
  rows.push({ stage: 'other threads', ...otherThreads });
  const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
  const [api, worker] = [sum(rows.map((row) => row.api)), sum(rows.map((row) => row.worker))];
  const cells = rows.map((row) => [row.stage, figure(row.api), figure(row.worker)]);
  const commands = redis.commands
    .slice(0, COMMANDS_SHOWN)
    .map(({ name, calls, microseconds }) => [name, figure(calls), figure(microseconds)]);
  return [
    `**${picture}**`,
    table(
      ['stage', 'api', 'workers'],
      [...cells, ['all', figure(api), figure(worker)], ['Redis', figure(redis.total), '']],
    ),
    table(['Redis command', 'calls each', 'µs each'], commands),
    'A script’s commands count for themselves and again for the script.',
  ].join('\n\n');
}
