import type { ImageName } from '../load/images.ts';
import type { Cell } from '../measure/grid.ts';
import { spread } from '../measure/statistics.ts';
import { figure, percent, section, table } from './markdown.ts';
import { type Comparison, findCell, medianOf, type Results, rateRatio } from './results.ts';

/** Every load: responses a second, latencies, CPU and ratios to the first contender. */
export function reportGrid({ grid, images }: Results): string[] {
  return loadsOf(grid).map((image) => {
    const { title, bytes } = images[image];
    const blocks = connectionsOf(grid, image).map((connections) =>
      reportLoad(grid, { image, connections, title: connectionsTitle(connections) }),
    );
    return section(`POST /predict, ${title} (${bytes.toLocaleString('en')} bytes)`, ...blocks);
  });
}

/** More workers than cores, and containers. */
export function reportReplicas({ replicas, images }: Results): string[] {
  if (!replicas) return [];
  const blocks = loadsOf(replicas).flatMap((image) =>
    connectionsOf(replicas, image).map((connections) =>
      reportLoad(replicas, {
        ...{ image, connections },
        title: `${images[image].title}, ${connectionsTitle(connections)}`,
      }),
    ),
  );
  const note =
    replicas.leftOut ?? 'What Docker uses for its network and health checks counts as other programs.';
  return [section('More workers', ...blocks, note)];
}

const loadsOf = ({ cells }: Comparison) => [...new Set(cells.map(({ image }) => image))];

const connectionsOf = ({ cells }: Comparison, image: ImageName) => [
  ...new Set(cells.filter((cell) => cell.image === image).map(({ connections }) => connections)),
];

const connectionsTitle = (connections: number) =>
  `${connections} ${connections === 1 ? 'connection' : 'connections'}`;

function reportLoad(
  comparison: Comparison,
  load: { image: ImageName; connections: number; title: string },
): string {
  const { contenders } = comparison;
  const cellOf = (name: string) => findCell(comparison, load.image, load.connections, name);
  const [first] = contenders;
  const ours = first && cellOf(first.name);
  const rows = contenders.flatMap(({ name, title }) => {
    const cell = cellOf(name);
    return cell ? [row(cell, title, ours)] : [];
  });
  const head = [
    load.title,
    ...['responses/s', 'spread', 'p50 ms', 'p99 ms', 'p99 ÷ p50', 'CPU µs each'],
    `${first?.name} ÷ it`,
  ];
  const samples = contenders.flatMap(({ name }) => cellOf(name)?.samples ?? []);
  const noise = Math.max(...samples.map(({ foreign }) => foreign));
  return `${table(head, rows)}\n\nOther programs used at most ${percent(noise)} of the machine during a run.`;
}

function row(cell: Cell, title: string, ours: Cell | undefined): string[] {
  const failed = cell.samples.reduce((sum, sample) => sum + sample.failed, 0);
  return [
    `${title}${cell.path.startsWith('/predict-') ? ` (${cell.path})` : ''}${failed > 0 ? `, **${failed} failed**` : ''}`,
    figure(medianOf(cell, ({ rate }) => rate)),
    percent(spread(cell.samples.map(({ rate }) => rate))),
    figure(medianOf(cell, ({ p50 }) => p50)),
    figure(medianOf(cell, ({ p99 }) => p99)),
    figure(medianOf(cell, ({ p99, p50 }) => p99 / p50)),
    figure(medianOf(cell, ({ cpuUs }) => cpuUs)),
    ours && ours !== cell ? figure(rateRatio(ours, cell)) : '',
  ];
}
