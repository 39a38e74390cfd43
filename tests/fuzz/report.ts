import type { HttpResult } from './http/run.ts';
import { WORDS } from './http/verdict.ts';
import type { PipelineResult } from './pipeline/run.ts';

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(0)} MB`;
const figure = (value: number) => value.toLocaleString('en', { maximumFractionDigits: 0 });

/** What the pipeline made of the pictures, as Markdown. */
export function writePipeline(seed: number, result: PipelineResult): string {
  const { count, seconds, ends, slowest, slow, memory, faults } = result;
  const names = [...new Set([...ends.values()].flatMap((of) => [...of.keys()]))].sort();
  const rows = [...ends]
    .sort()
    .map(([format, of]) => [format, ...names.map((name) => figure(of.get(name) ?? 0))]);
  return paragraphs([
    `Pipeline, seed ${seed}: ${figure(count)} pictures in ${figure(seconds)} s (${figure(count / seconds)} a second), ${faults.length} faults.`,
    table(['format', ...names], rows),
    `Slowest: ${figure(slowest.milliseconds)} ms (${slowest.recipe}); ${figure(slow)} took more than 2 s.`,
    `Memory: ${describeMemory(memory)}.`,
    ...listFaults(faults),
  ]);
}

/** What the service made of the requests, as Markdown. */
export function writeHttp(seed: number, result: HttpResult): string {
  const { count, seconds, statuses, slowest, memory, faults } = result;
  const rows = [...statuses]
    .sort(([a], [b]) => a - b)
    .map(([status, times]) => [WORDS[status] ?? String(status), figure(times)]);
  return paragraphs([
    `HTTP, seed ${seed}: ${figure(count)} requests in ${figure(seconds)} s (${figure(count / seconds)} a second), ${faults.length} faults.`,
    table(['status', 'requests'], rows),
    `Slowest: ${figure(slowest.milliseconds)} ms (${slowest.recipe}).`,
    `Memory: api ${describeMemory(memory.api)}; worker ${describeMemory(memory.worker)}.`,
    ...listFaults(faults),
  ]);
}

function describeMemory({
  level,
  peak,
  growth,
}: {
  level: number;
  peak: number;
  growth: number | null;
}): string {
  const grown = growth === null ? 'too few samples to tell growth' : `growth ${megabytes(growth)}`;
  return `${megabytes(level)}, peak ${megabytes(peak)}, ${grown}`;
}

const listFaults = (faults: readonly string[]) =>
  faults.map((fault) => `    ${fault.replaceAll('\n', '\n    ')}`);
const paragraphs = (all: readonly string[]) => `${all.join('\n\n')}\n\n`;

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map((_, i) => (i === 0 ? '---' : '---:'))), ...rows.map(line)].join('\n');
}
