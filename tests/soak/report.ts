import { table } from '../fuzz/report.ts';
import { median } from './flat.ts';
import { type Heavy, MEMORY_MAX } from './heavy.ts';
import { BOUNDS_IN_WORDS } from './series.ts';
import type { Soaked } from './soak.ts';

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(bytes < 1e8 && bytes > -1e8 ? 1 : 0)} MB`;
const figure = (value: number) => value.toLocaleString('en', { maximumFractionDigits: 1 });
const paragraphs = (all: readonly string[]) => `${all.join('\n\n')}\n\n`;
const listFaults = (faults: readonly string[]) =>
  faults.map((fault) => `    ${fault.replaceAll('\n', '\n    ')}`);

/** Less is too short to tell: caches still fill. */
const MINUTES_MIN = 8;

/** What grew more than it may; nothing in a run that is too short to tell. */
export const grown = ({ lines, minutes }: Pick<Soaked, 'lines' | 'minutes'>): string[] =>
  (minutes < MINUTES_MIN ? [] : lines)
    .filter(({ growth, growthMax }) => growth > growthMax)
    .map(
      ({ name, growth, growthMax }) =>
        `${name} grows: by ${figure(growth)}, at most ${figure(growthMax)} are allowed`,
    );

/** The result of a soak as Markdown. */
export function writeSoak({ minutes, lines, met }: Soaked): string {
  const requests = [...met.ways.values()].reduce((sum, times) => sum + times, 0);
  const rows = lines.map(({ name, first, middle, most, growth, growthMax }) => {
    const unit = name.includes('memory') ? megabytes : figure;
    return [name, ...[first, middle, most, growth, growthMax].map(unit)];
  });
  return paragraphs([
    `${figure(minutes)} minutes, ${figure(requests)} requests, ${met.faults.length} wrong; \`POST /predict\` of a digit took ${describe(met.milliseconds)}.`,
    table(['', 'first', 'median after the warm-up', 'most', 'growth', 'may grow'], rows),
    minutes < MINUTES_MIN
      ? `A run of less than ${MINUTES_MIN} minutes cannot tell what is flat.`
      : BOUNDS_IN_WORDS,
    table(
      ['request', 'times'],
      [...met.ways].sort(([, a], [, b]) => b - a).map(([name, times]) => [name, figure(times)]),
    ),
    ...listFaults([...grown({ lines, minutes }), ...met.faults.slice(0, 20)]),
  ]);
}

/** A row for each allocator. */
export function writeAllocators(all: readonly { name: string; soaked: Soaked }[]): string {
  const rows = all.map(({ name, soaked: { lines, met } }) => {
    const memory = lines.find((line) => line.name === 'worker memory');
    const { middle = 0, most = 0, growth = 0 } = memory ?? {};
    return [
      name,
      megabytes(middle),
      megabytes(most),
      megabytes(growth),
      describe(met.milliseconds),
      String(met.faults.length),
    ];
  });
  const head = ['allocator of the worker', 'median', 'most', 'growth', '`POST /predict` of a digit', 'wrong'];
  return paragraphs([table(head, rows)]);
}

export function writeHeavy({ pictures, megapixels, seconds, peak, faults }: Heavy): string {
  return paragraphs([
    `${pictures} PNGs of ${megapixels} megapixels, 16 bits, interlaced, half of them with alpha, sent at once to one worker: ${figure(seconds)} s, ${faults.length} wrong.`,
    table(
      ['', 'most'],
      [
        ['the worker', megabytes(peak.worker)],
        ['its largest child', megabytes(peak.child)],
        ['the worker with all children, at one moment', megabytes(peak.all)],
        ['memory of a worker’s container', megabytes(MEMORY_MAX)],
        ['decoders at once', String(peak.decoders)],
      ],
    ),
    ...listFaults(faults),
  ]);
}

function describe(milliseconds: readonly number[]): string {
  const sorted = [...milliseconds].sort((a, b) => a - b);
  const late = sorted[Math.floor(sorted.length * 0.99)] ?? 0;
  return `${median(sorted).toFixed(0)} ms (median), ${late.toFixed(0)} ms (p99)`;
}
