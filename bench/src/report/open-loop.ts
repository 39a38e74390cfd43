import { type OpenLoopCell, SHARES } from '../measure/open-loop/open-loop.ts';
import { LIMIT_MS, type OpenLoopSample } from '../measure/open-loop/step.ts';
import { median, spread } from '../measure/statistics.ts';
import { figure, percent, section, table } from './markdown.ts';
import type { Results } from './results.ts';

/** Sustainable throughput of each contender, and its latency at shares of it. */
export function reportOpenLoop({ openLoop, images }: Results): string[] {
  if (!openLoop) return [];
  const { cells, contenders } = openLoop;
  const titles = new Map(contenders.map(({ name, title }) => [name, title]));
  const measured = [...new Set(cells.map(({ image }) => image))];
  const text = section(
    `Requests at a fixed rate: sustainable throughput at p99 ≤ ${LIMIT_MS} ms`,
    `Open loop: requests come when they are due, as those of many independent clients (Poisson), however long the earlier ones take, and the latency counts from then. The sustainable throughput is the highest rate, to within 5 %, at which p99 stays ≤ ${LIMIT_MS} ms, no request fails and no backlog grows (after Crayfish, EDBT 2024). The latencies are those at a half and at four fifths of that rate; the last column says how late the load generator itself was then, which counts as latency too. A step that did not hold while the generator was late by more than 5 ms (p99), or other programs used more than 5 % of the machine, was tried again; “doubtful” counts those that were disturbed again and taken as not holding.`,
    ...measured.map((image) => {
      const shown = cells.filter((cell) => cell.image === image);
      const head = [
        images[image].title,
        ...['requests/s', 'spread', `${shown[0]?.contender} ÷ it`],
        ...SHARES.flatMap((share) => [`p50 ms at ${percent(share)}`, `p99 ms at ${percent(share)}`]),
        'generator late, p99 ms',
      ];
      return table(
        head,
        shown.map((cell) => row(cell, titles.get(cell.contender) ?? cell.contender, shown[0])),
      );
    }),
  );
  return [text];
}

function row(cell: OpenLoopCell, title: string, first: OpenLoopCell | undefined): string[] {
  const failed = cell.atShares.flat().reduce((sum, step) => sum + step.failed, 0);
  const ofSteps = (steps: readonly OpenLoopSample[], value: (step: OpenLoopSample) => number) =>
    figure(median(steps.map(value)));
  return [
    `${title}${cell.path.startsWith('/predict-') ? ` (${cell.path})` : ''}${failed > 0 ? `, **${failed} failed**` : ''}${cell.doubtful > 0 ? `, ${cell.doubtful} doubtful` : ''}`,
    figure(median(cell.rates)),
    percent(spread(cell.rates)),
    first && first !== cell ? figure(ratioOf(first, cell)) : '',
    ...SHARES.flatMap((_, i) => [
      ofSteps(cell.atShares[i] ?? [], ({ p50 }) => p50),
      ofSteps(cell.atShares[i] ?? [], ({ p99 }) => p99),
    ]),
    figure(Math.max(...cell.atShares.flat().map(({ lagP99 }) => lagP99))),
  ];
}

/** Median over the repeats of one contender's sustainable rate ÷ another's. */
function ratioOf(cell: OpenLoopCell, other: OpenLoopCell): number {
  return median(cell.rates.map((rate, i) => rate / (other.rates[i] ?? Number.NaN)));
}
